import { Button } from "@/components/ui/button";
import { UserPlus } from "@/components/ui/icons";
import { texts } from "./texts.ts";
import { UserPicker } from "./user-picker.tsx";

/** Adds one person after the other; who is in already cannot be picked. */
export function AddMember(props: {
  memberIds: string[];
  pending: boolean;
  onAdd: (userId: string) => Promise<unknown>;
}) {
  return (
    <UserPicker
      many
      align="end"
      taken={props.memberIds}
      takenNote={texts.member}
      onPick={({ id }) => void props.onAdd(id)}
    >
      <Button size="sm" pending={props.pending}>
        <UserPlus aria-hidden />
        {texts.addMember}
      </Button>
    </UserPicker>
  );
}

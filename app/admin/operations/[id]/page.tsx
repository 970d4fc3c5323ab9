import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { AttentionList } from "@/components/attention/attention-list";
import { isFinal } from "@/components/operation/is-final";
import { OperationProgress } from "@/components/operation/operation-progress";
import { texts } from "@/components/operation/texts";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { OperationResult } from "./operation-result";

interface Props {
  params: Promise<{ id: string }>;
}

const findOperation = cache((id: string) =>
  getEngine()
    .install.operations.get(id)
    .catch((error: { code?: string }) => {
      if (error.code === "NOT_FOUND") return null;
      throw error;
    }),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireRole("operator");
  return { title: (await findOperation((await params).id))?.title ?? texts.operation };
}

export default async function OperationPage({ params }: Props) {
  const viewer = await requireRole("operator");
  const operation = (await findOperation((await params).id)) ?? notFound();
  const entries = (await getEngine().install.attention.list()).filter(
    (one) => one.operation === operation.id,
  );
  return (
    <>
      <PageHeader
        before={<Breadcrumb items={[{ label: texts.operations, href: "/admin/operations" }]} />}
        title={operation.title}
        description={texts.startedBy(operation.actorName, <Time value={operation.startedAt} />)}
      />
      <div className="grid max-w-3xl grid-cols-1 gap-8">
        {isFinal(operation.status) && <OperationResult operation={operation} />}
        {entries.length > 0 && (
          <AttentionList entries={entries} mayDismiss={viewer.role === "administrator"} linked={false} />
        )}
        <OperationProgress initial={operation} />
      </div>
    </>
  );
}

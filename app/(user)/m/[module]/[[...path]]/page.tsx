import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ModulePage } from "@/components/frame/module-page";
import { texts } from "@/components/frame/texts";
import { findPlugin, frameUser } from "@/lib/frames";
import { getViewer, requireViewer } from "@/lib/session";

type Props = PageProps<"/m/[module]/[[...path]]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ module }, viewer] = await Promise.all([params, getViewer()]);
  const plugin = viewer === null ? null : findPlugin(viewer, module);
  return { title: plugin?.title ?? texts.notFound };
}

export default async function PluginPage({ params }: Props) {
  const viewer = await requireViewer();
  const plugin = findPlugin(viewer, (await params).module);
  if (plugin === null) notFound();
  return (
    <ModulePage
      module={plugin.module}
      moduleTitle={plugin.title}
      icon={plugin.icon}
      pages={plugin.pages}
      user={frameUser(viewer)}
      flags={plugin.flags}
    />
  );
}

import type { Flags } from "../../decisions/index.ts";
import { createExperiments, type Experiments } from "../../engagement/experiments/index.ts";
import { createHome, type Home } from "../../engagement/home/index.ts";
import {
  createMailer,
  createNotifications,
  type Notifications,
} from "../../engagement/notifications/index.ts";
import type { Access } from "../../people/index.ts";
import type { Disposer } from "./create-disposer.ts";
import type { Ground } from "./open-ground.ts";
import type { PublicAddress } from "./public-address.ts";

export interface Engagement {
  home: Home;
  notifications: Notifications;
  experiments: Experiments;
}

export async function composeEngagement(
  ground: Ground & { access: Access; flags: Flags; address: PublicAddress },
  disposer: Disposer,
): Promise<Engagement> {
  const { smtpUrl, mailFrom } = ground.settings;
  const home = createHome(ground);
  const notifications = createNotifications({
    ...ground,
    mailer: smtpUrl && mailFrom ? createMailer(smtpUrl, mailFrom) : null,
    baseUrl: ground.address.url,
  });
  disposer.add("notifications to users", notifications.close);
  const experiments = await createExperiments(ground);
  disposer.add("experiments", experiments.close);
  return { home, notifications, experiments };
}

/** The administrator's settings, under PeerTube's names in `config/custom`. */
export interface FollowSettings {
  /** `followers.instance.enabled`: false rejects all followers of the instance. */
  followersEnabled: boolean;
  /** `followers.channels.enabled`: false rejects all followers of channels and accounts. */
  channelFollowersEnabled: boolean;
  /** `followers.instance.manual_approval` */
  manualApproval: boolean;
  /** `followings.instance.auto_follow_back.enabled` */
  followBack: boolean;
}

/** Port: what the follow policy must know. Answers facts and decides nothing. */
export abstract class FollowFacts {
  abstract settings(): Promise<FollowSettings>;
  /** Why the actor or its host is blocked (moderation); null when it is not. */
  abstract blockOf(actor: { url: string; host: string }): Promise<string | null>;
  /** Whether an administrator refused this actor's follow of that target before. */
  abstract wasRefused(actorUrl: string, targetUrl: string): Promise<boolean>;
  /** The blacklist: hosts that are never followed back. */
  abstract isNeverFollowedBack(host: string): Promise<boolean>;
  /** Whether our instance follows the actor already, or has asked to. */
  abstract isFollowed(actorUrl: string): Promise<boolean>;
}

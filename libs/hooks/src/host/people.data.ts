/** Who asks, as far as they are logged in here. */
export interface Viewer {
  readonly id: number;
  readonly username: string;
  readonly role: UserRole;
}

export type UserRole = 'administrator' | 'moderator' | 'user';

/** An account or a channel, of this instance or another, in the short form of the REST API. */
export interface Owner {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  /** The page, and the ActivityPub id. */
  readonly url: string;
  /** Host of its instance, with a port that is not the default. */
  readonly host: string;
}

/** An actor of ActivityPub, as its server shows it. */
export interface RemoteActor {
  /** ActivityPub id. */
  readonly url: string;
  /** ASCII host, with a port that is not the default. */
  readonly host: string;
  readonly type: 'Person' | 'Group' | 'Application' | 'Service' | 'Organization';
  readonly username: string;
}

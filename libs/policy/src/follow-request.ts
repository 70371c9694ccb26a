/** Somebody asks to follow something of ours. */
export interface FollowRequest {
  follower: {
    /** ActivityPub id. */
    url: string;
    /** ASCII host with a port that is not the default. */
    host: string;
    type: 'Person' | 'Group' | 'Application' | 'Service' | 'Organization';
    username: string;
  };
  target: { url: string; kind: 'instance' | 'channel' | 'account' };
  receivedAt: Date;
}

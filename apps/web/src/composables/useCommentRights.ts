import { Role, type Comment, type VideoDetails } from '../api/types';
import { remoteHost } from '../format/links';
import { useSession } from '../stores/session';

/** What the user of this browser may do with comments on a video, and where these come from. */
export function useCommentRights(video: () => VideoDetails) {
  const session = useSession();
  const isMe = (url: string | undefined) => url !== undefined && session.user?.account.url === url;
  const isStaff = () => (session.user?.role.id ?? Role.User) <= Role.Moderator;

  return {
    isMine: ({ account }: Comment) => isMe(account?.url),
    /** Its author, whose video it is, and the staff may. */
    canDelete: ({ account }: Comment) => isMe(account?.url) || isMe(video().account.url) || isStaff(),
    /** Undefined for this instance's own. */
    hostOf: ({ account }: Comment) => (account ? remoteHost(account) : undefined),
  };
}

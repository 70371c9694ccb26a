import type { Delivery } from '../api/federation-types';

const WORDS: Record<string, string> = {
  Accept: 'Says yes to a follow',
  Announce: 'Shares something',
  Create: 'Tells of something new',
  Delete: 'Tells that something is gone',
  Dislike: 'Dislikes something',
  Flag: 'Reports something',
  Follow: 'Asks to follow',
  Like: 'Likes something',
  Reject: 'Says no to a follow',
  Undo: 'Takes something back',
  Update: 'Tells of a change',
  View: 'Tells of a viewer',
};

/** What an activity is about, for people: `Create: “A video”`, or what its type means. */
export function describeActivity({ type, json }: Delivery['activity']): string {
  const words = WORDS[type] ?? type;
  const object = nameOf(json.object);
  return object ? `${words}: ${object}` : `${words} (${type})`;
}

function nameOf(object: unknown): string | null {
  if (typeof object !== 'object' || object === null) return null;
  const { name, type } = object as { name?: unknown; type?: unknown };
  if (typeof name === 'string' && name !== '') return `“${name}”`;
  return type === 'Note' ? 'a comment' : null;
}

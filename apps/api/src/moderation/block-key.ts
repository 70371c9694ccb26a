/** What makes a block the same as another one; `byUserId` is null for the instance. */
export const blockKey = (byUserId: number | null, whom: number | string): string =>
  `${byUserId ?? ''}:${whom}`;

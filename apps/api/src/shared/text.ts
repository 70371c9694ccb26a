/** Cuts at `length` characters, the last three being dots, never within a surrogate pair. */
export function truncate(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 3).join('')}...`;
}

/**
 * A condition and its parameter for "contains this text", wildcards in it taken as they are. `|` escapes them: MySQL
 * treats a backslash in a literal differently from SQLite.
 */
export const like = (column: string, parameter: string, text: string): [string, Record<string, string>] => [
  `${column} LIKE :${parameter} ESCAPE '|'`,
  { [parameter]: `%${text.replace(/[|%_]/g, '|$&')}%` },
];

/** As `like`, for "begins with this text". */
export const startsWith = (
  column: string,
  parameter: string,
  text: string,
): [string, Record<string, string>] => [
  `${column} LIKE :${parameter} ESCAPE '|'`,
  { [parameter]: `${text.replace(/[|%_]/g, '|$&')}%` },
];

/**
 * A condition and its parameter for "contains this text", wildcards in it taken as they are. `|` escapes them: MySQL
 * treats a backslash in a literal differently from SQLite.
 */
export const like = (column: string, parameter: string, text: string): [string, Record<string, string>] => [
  `${column} LIKE :${parameter} ESCAPE '|'`,
  { [parameter]: `%${text.replace(/[|%_]/g, '|$&')}%` },
];

/**
 * As `like`, for "begins with exactly this text". LIKE alone takes small and large letters for the same in SQLite, and `=`
 * alone passes over spaces at the end in MySQL.
 */
export const startsWith = (
  column: string,
  parameter: string,
  text: string,
): [string, Record<string, string>] => [
  `${column} LIKE :${parameter} ESCAPE '|' AND SUBSTR(${column}, 1, ${[...text].length}) = :${parameter}Exact`,
  { [parameter]: `${text.replace(/[|%_]/g, '|$&')}%`, [`${parameter}Exact`]: text },
];

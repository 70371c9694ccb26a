/** Rows of RFC 4180: commas, quotes that are doubled within quotes, any line end. Empty lines are left out. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { field, end } = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(field);
    at = end;
    if (text[at] === ',') {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') at += 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

interface Field {
  field: string;
  /** Where the next separator is. */
  end: number;
}

const SEPARATOR = /[,\r\n]/g;

function plain(text: string, start: number): Field {
  SEPARATOR.lastIndex = start;
  const end = SEPARATOR.exec(text)?.index ?? text.length;
  return { field: text.slice(start, end), end };
}

/** A quote that is not closed reaches to the end; what stands between a closing quote and the separator is left out. */
function quoted(text: string, start: number): Field {
  let close = text.indexOf('"', start + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) close = text.length;
  const field = text.slice(start + 1, close).replaceAll('""', '"');
  return { field, end: plain(text, close + 1).end };
}

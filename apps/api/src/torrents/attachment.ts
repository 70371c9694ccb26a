const MAX_TITLE = 100;

/** What a downloaded file is called: the title, then the picture's height. */
export function downloadName(title: string, resolution: number, extension: string): string {
  const safe = title
    .replaceAll(/[\p{C}/\\:*?"<>|%]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .slice(0, MAX_TITLE)
    .trim();
  return `${safe || 'video'}-${resolution}p${extension}`;
}

/** A Content-Disposition that saves under `name`, for old clients in ASCII as well (RFC 6266). */
export function attachment(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]|["\\]/g, '_');
  const encoded = encodeURIComponent(Buffer.from(name).toString()).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

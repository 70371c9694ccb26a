import type { VideoDetails } from '@vidiverse/hooks';

/** A file as its origin serves it. */
export interface OriginFile {
  url: string;
  /** Bytes. */
  size: number;
}

/** The largest file of a video of another instance that the origin serves; null when it has none. */
export function originFile({ files, channel }: VideoDetails, ownHost: string): OriginFile | null {
  const [largest] = files
    .flatMap(({ webSeeds, size }) => {
      const others = webSeeds.filter((url) => new URL(url).host !== ownHost);
      // An origin may keep its files on another host; its own address then comes before those of copies.
      const url = others.find((seed) => new URL(seed).host === channel.host) ?? others[0];
      return url === undefined || size <= 0 ? [] : { url, size };
    })
    .toSorted((a, b) => b.size - a.size);
  return largest ?? null;
}

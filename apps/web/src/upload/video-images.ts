const WIDTHS = { thumbnailfile: 640, previewfile: 1280 };
const JPEG_QUALITY = 0.85;
/** Into the video: the very start is often black. */
const PART = 0.1;
const TIMEOUT_MS = 15_000;

export interface VideoFrames {
  thumbnailfile: Blob;
  previewfile: Blob;
}

/** Two JPEG images of a frame of the picked file; null when this browser cannot decode it. */
export async function framesOf(file: Blob): Promise<VideoFrames | null> {
  const video = document.createElement('video');
  const url = URL.createObjectURL(file);
  try {
    Object.assign(video, { muted: true, playsInline: true, preload: 'auto' });
    const loaded = once(video, 'loadeddata');
    video.src = url;
    await loaded;
    if (Number.isFinite(video.duration)) {
      const seeked = once(video, 'seeked');
      video.currentTime = video.duration * PART;
      await seeked;
    }
    const [thumbnailfile, previewfile] = await Promise.all(
      [WIDTHS.thumbnailfile, WIDTHS.previewfile].map((width) => toJpeg(video, width)),
    );
    return thumbnailfile && previewfile ? { thumbnailfile, previewfile } : null;
  } catch {
    return null;
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(url);
  }
}

function once(video: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No ${name} in time.`)), TIMEOUT_MS);
    const settle = (end: () => void) => () => {
      clearTimeout(timer);
      end();
    };
    video.addEventListener(name, settle(resolve), { once: true });
    video.addEventListener(
      'error',
      settle(() => reject(new Error('Not decodable here.'))),
      { once: true },
    );
  });
}

function toJpeg(video: HTMLVideoElement, width: number): Promise<Blob | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return Promise.resolve(null);
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(width, videoWidth);
  canvas.height = Math.round((canvas.width / videoWidth) * videoHeight);
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));
}

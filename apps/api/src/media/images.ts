import { UnsupportedMediaError } from '../shared/domain-error.js';

export type ImageKind = 'thumbnail' | 'preview';

/** Sizes as in PeerTube. */
const SIZES: Record<ImageKind, { width: number; height: number }> = {
  thumbnail: { width: 280, height: 157 },
  preview: { width: 850, height: 480 },
};
const FORMATS: Record<string, string> = { jpg: 'jpeg', png: 'png', webp: 'webp' };
/** An image that claims more is a bomb. */
const MAX_PIXELS = 50_000_000;
const QUALITY = 82;
/** Up to this difference of the ratios a picture is cut to fit; beyond it stands whole before a blur of itself. */
const CUT_UP_TO = 1.15;
const BLUR = 12;
const DIMMED = 0.6;
/** The poster of a video of which there is no picture yet. */
const PLAIN = { r: 38, g: 43, b: 58 };

/** Loaded when needed: it is the heaviest of our packages. */
async function openImage(image: Buffer | string) {
  const { default: sharp } = await import('sharp');
  return () => sharp(image, { limitInputPixels: MAX_PIXELS, pages: 1, failOn: 'error' });
}

/** By content, before any decoder sees it: what is no picture of ours (SVG, HTML, ...) is not opened. */
async function formatOf(image: Buffer | string): Promise<string | undefined> {
  const { fileTypeFromBuffer, fileTypeFromFile } = await import('file-type');
  const found = await (typeof image === 'string' ? fileTypeFromFile(image) : fileTypeFromBuffer(image)).catch(
    () => undefined,
  );
  return FORMATS[found?.ext ?? ''];
}

/**
 * The picture as a JPEG in the size of its kind, upright, its proportions kept, without any metadata.
 * @throws UnsupportedMediaError naming `field`
 */
export async function reencode(image: Buffer | string, kind: ImageKind, field: string): Promise<Buffer> {
  if (!(await formatOf(image)))
    throw new UnsupportedMediaError(`${field} must be a JPEG, PNG or WebP image.`, 'unsupported_image');
  const size = SIZES[kind];
  const open = await openImage(image);
  try {
    const { autoOrient } = await open().metadata();
    const ratio = autoOrient.width / autoOrient.height / (size.width / size.height);
    const filled = open()
      .autoOrient()
      .resize({ ...size, fit: 'cover' });
    if (Math.max(ratio, 1 / ratio) <= CUT_UP_TO) return await filled.jpeg({ quality: QUALITY }).toBuffer();
    const whole = await open()
      .autoOrient()
      .resize({ ...size, fit: 'inside' })
      .png()
      .toBuffer();
    return await filled
      .blur(BLUR)
      .modulate({ brightness: DIMMED })
      .composite([{ input: whole, gravity: 'center' }])
      .jpeg({ quality: QUALITY })
      .toBuffer();
  } catch {
    throw new UnsupportedMediaError(
      `${field} cannot be decoded: it is broken or has more than ${MAX_PIXELS} pixels.`,
      'unsupported_image',
    );
  }
}

export async function plainPoster(kind: ImageKind): Promise<Buffer> {
  const { default: sharp } = await import('sharp');
  return sharp({ create: { ...SIZES[kind], channels: 3, background: PLAIN } })
    .jpeg()
    .toBuffer();
}

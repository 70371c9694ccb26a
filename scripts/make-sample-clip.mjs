import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import sharp from 'sharp';

// Makes the clip that a new instance shows, with ffmpeg and nothing of anybody else's: an evening over slow waves, drawn by
// formulas, with three soft tones. The result is committed; run this again to change it (it takes a minute or two).
const SECONDS = 18;
const FPS = 25;
const FOLDER = 'apps/api/assets/sample';
/** Drawn at half the size and scaled up: the picture is soft anyway, and drawing is the slow part. */
const SIZE = { width: 640, height: 360 };
const MAX_BYTES = 2_500_000;

const SKY = { top: [34, 38, 84], horizon: [250, 186, 132] };
const SUN = [255, 232, 190];
/** From far to near. `at`: height of the crest as a part of the picture; `speed` in waves per clip, so that they keep calm. */
const WAVES = [
  { colour: [226, 142, 122], at: 0.56, height: 9, length: 0.012, speed: 2 },
  { colour: [176, 104, 130], at: 0.65, height: 12, length: 0.009, speed: -2 },
  { colour: [116, 78, 132], at: 0.74, height: 15, length: 0.011, speed: 3 },
  { colour: [66, 58, 112], at: 0.84, height: 18, length: 0.008, speed: -3 },
  { colour: [34, 38, 84], at: 0.94, height: 16, length: 0.01, speed: 4 },
];

/** One colour channel as an expression of ffmpeg's geq filter in X, Y and T (seconds). Register 0 holds the value so far. */
function channel(index) {
  const part = (T) => `(${T}/${SECONDS})`;
  const sky = `st(0,${SKY.top[index]}+${SKY.horizon[index] - SKY.top[index]}*pow(clip(Y/${SIZE.height * 0.6},0,1),1.4))`;
  const distance = `hypot(X-${SIZE.width * 0.5}-${SIZE.width * 0.16}*sin(PI*${part('T')}-PI/2),Y-${SIZE.height}*(0.30+0.16*${part('T')}))`;
  const towards = (colour, amount) => `st(0,ld(0)+(${colour}-ld(0))*${amount})`;
  const glow = towards(SUN[index], `0.55*exp(-pow(${distance}/110,2))`);
  const disc = towards(SUN[index], `clip((27-${distance})/2,0,1)`);
  const waves = WAVES.map(({ colour, at, height, length, speed }) => {
    const crest = `${SIZE.height * at}+${height}*sin(X*${length}+2*PI*${speed}*${part('T')})+${height / 3}*sin(X*${length * 2.3}-2*PI*${speed + 1}*${part('T')})`;
    return towards(colour[index], `clip((Y-(${crest}))/2,0,1)`);
  });
  return [sky, glow, disc, ...waves, 'clip(ld(0),0,255)'].join(';');
}

const picture = `color=size=${SIZE.width}x${SIZE.height}:rate=${FPS}:duration=${SECONDS},format=gbrp,geq=r='${channel(0)}':g='${channel(1)}':b='${channel(2)}',scale=1280:720:flags=lanczos,format=yuv420p`;
const tone = (frequency, beat) =>
  `sine=frequency=${frequency}:sample_rate=48000:duration=${SECONDS},tremolo=f=${beat}:d=0.6,volume=0.18`;
const tones = [220, 277.18, 329.63].flatMap((frequency, index) => [
  ...['-f', 'lavfi', '-i', tone(frequency, 0.2 + index * 0.1)],
]);

const clip = `${FOLDER}/clip.mp4`;
const still = `${FOLDER}/still.png`;
execFileSync(
  'ffmpeg',
  [
    ...['-y', '-v', 'error', '-f', 'lavfi', '-i', picture, ...tones],
    ...['-filter_complex', `[1][2][3]amix=inputs=3,afade=t=in:d=2,afade=t=out:st=${SECONDS - 3}:d=3[sound]`],
    ...['-map', '0:v', '-map', '[sound]', '-map_metadata', '-1', '-fflags', '+bitexact'],
    ...['-c:v', 'libx264', '-preset', 'slow', '-crf', '20', '-force_key_frames', 'expr:gte(t,n_forced*2)'],
    ...['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', clip],
  ],
  { stdio: 'inherit' },
);
execFileSync('ffmpeg', ['-y', '-v', 'error', '-ss', '6', '-i', clip, '-frames:v', '1', still]);
await sharp(still).resize(280, 157).jpeg({ quality: 85 }).toFile(`${FOLDER}/thumbnail.jpg`);
await sharp(still).resize(850, 480).jpeg({ quality: 85 }).toFile(`${FOLDER}/preview.jpg`);
rmSync(still);
const { size } = statSync(clip);
if (size > MAX_BYTES)
  throw new Error(`the clip has ${size} bytes; at most ${MAX_BYTES} are meant to be committed`);
console.log(`${clip}: ${size} bytes`);

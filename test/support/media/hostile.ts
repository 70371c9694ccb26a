import { box, makeMp4, u32 } from './mp4.js';

/** A file that must be refused with a reason, and leave nothing behind. */
export interface HostileFile {
  /** What it is, in plain words. */
  what: string;
  /** The innocent name it comes under. */
  filename: string;
  content: Buffer;
}

/** Looked for in whatever comes out: a file that only the server can read. */
const SECRET_FILE = '/etc/passwd';

const text = (what: string, content: string, filename = 'holiday.mp4'): HostileFile => ({
  what,
  filename,
  content: Buffer.from(content),
});
const bytes = (what: string, content: Buffer, filename = 'holiday.mp4'): HostileFile => ({
  what,
  filename,
  content,
});

/** Texts that ffmpeg would follow to other files and hosts. */
const playlists = (): HostileFile[] => [
  text(
    'an HLS playlist',
    `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile://${SECRET_FILE}\n#EXT-X-ENDLIST\n`,
  ),
  text('a concat list', `file '${SECRET_FILE}'\n`),
  text('an ffconcat list', `ffconcat version 1.0\nfile '${SECRET_FILE}'\n`),
  text(
    'a DASH manifest',
    `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><AdaptationSet><Representation>` +
      `<BaseURL>file://${SECRET_FILE}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
  ),
  text(
    'an SDP description',
    'v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n',
  ),
];

/** Files of other kinds under a video's name. */
const renamed = (): HostileFile[] => [
  bytes('a zip archive', Buffer.concat([Buffer.from('PK\x03\x04\x14\0', 'latin1'), Buffer.alloc(200)])),
  bytes(
    'a Windows program',
    Buffer.concat([Buffer.from('MZ\x90\0', 'latin1'), Buffer.alloc(500)]),
    'movie.mov',
  ),
  text('an HTML page', '<!doctype html><script>alert(1)</script>', 'clip.webm'),
  text('an SVG image', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
  text('plain text', 'not a video at all\n'.repeat(50)),
  bytes('a WAV without pictures', wav(), 'song.mp4'),
];

const broken = (): HostileFile[] => [
  bytes('an MP4 cut before its index', makeMp4().subarray(0, 100_000)),
  bytes(
    'a WebM cut after its head',
    Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
    'a.webm',
  ),
  bytes('an MP4 whose index is noise', noiseIndex()),
];

const bombs = (): HostileFile[] => [
  bytes('a picture of 65,520 x 65,520', makeMp4({ claims: { size: { columns: 4095, rows: 4095 } } })),
  bytes('a picture of 9,600 x 9,600', makeMp4({ claims: { size: { columns: 600, rows: 600 } } })),
  bytes('10,000 pictures a second', makeMp4({ claims: { fps: 10_000 } })),
  bytes('a duration of 100 hours', makeMp4({ claims: { seconds: 360_000 } })),
  bytes('500 streams', makeMp4({ claims: { tracks: 500 } })),
];

const readers = (): HostileFile[] => [
  bytes(
    'a MOV whose data are another file',
    makeMp4({ dataReference: externalUrl(), brand: 'qt  ' }),
    'clip.mov',
  ),
  bytes(
    'an AVI with a playlist as GAB2 subtitle',
    aviWithSubtitle(`#EXTM3U\n#EXTINF:1,\nfile://${SECRET_FILE}\n`),
    'clip.avi',
  ),
  bytes(
    'an AVI with an xbin playlist as GAB2 subtitle',
    aviWithSubtitle(
      `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\n#EXT-X-BYTERANGE:16\n/proc/self/exe\nfile://${SECRET_FILE}\n`,
    ),
    'clip.avi',
  ),
  bytes('an HTML page that goes on as an MP4', polyglot()),
];

/** Every hostile or broken file that can be made without a tool. */
export const hostileFiles = (): HostileFile[] => [
  ...playlists(),
  ...renamed(),
  ...broken(),
  ...bombs(),
  ...readers(),
];

/** Videos and what poses as one that name `url` as the place where more of them is to be found. */
export const reachingFiles = (url: string): HostileFile[] => {
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${url}\n#EXT-X-ENDLIST\n`;
  return [
    text('an HLS playlist', playlist),
    text('a concat list', `ffconcat version 1.0\nfile '${url}'\n`),
    text('an SMIL list', `<smil><body><video src="${url}"/></body></smil>`),
    bytes('a playlist behind the head of an MP4', Buffer.concat([FILE_TYPE, Buffer.from(`\n${playlist}`)])),
    bytes('a MOV whose data are elsewhere', makeMp4({ dataReference: externalUrl(url), brand: 'qt  ' })),
    bytes('a MOV that is only a reference', Buffer.concat([FILE_TYPE, referenceMovie(url)]), 'clip.mov'),
    bytes('an AVI with a playlist as subtitle', aviWithSubtitle(playlist), 'clip.avi'),
  ];
};

/** Names that mean something to a shell, a file system or a reader; the file under them is an ordinary one. */
export const hostileNames = (): Array<{ what: string; filename: string }> => [
  { what: 'a way out of the folder', filename: '../../../../etc/cron.d/x.mp4' },
  { what: 'a way out of a Windows folder', filename: '..\\..\\windows\\win.ini' },
  { what: 'a Windows device', filename: 'CON' },
  { what: 'a Windows device with an ending', filename: 'NUL.mp4' },
  { what: '5 kB', filename: `${'long'.repeat(1280)}.mp4` },
  { what: 'letters from right to left', filename: 'gpj.\u202Eexe.mp4' },
  { what: 'a leading dash', filename: '-i.mp4' },
  { what: 'shell marks', filename: '$(touch /tmp/owned);`id`|&.mp4' },
  { what: 'a file URL', filename: 'file:///etc/passwd' },
  { what: 'an ffmpeg protocol', filename: 'concat:a|b.mp4' },
  { what: 'a number pattern', filename: '%d.mp4' },
  { what: 'a single dot', filename: '.' },
  { what: 'a space', filename: ' ' },
];

/** A `dref` entry: the data are at that URL. */
const externalUrl = (url = `file://${SECRET_FILE}`) => box('url ', u32(0), Buffer.from(`${url}\0`));

const polyglot = () =>
  Buffer.concat([Buffer.from('<!doctype html><script>alert(1)</script><!--'), makeMp4({ fastStart: true })]);

function noiseIndex(): Buffer {
  const file = makeMp4();
  const index = file.indexOf('moov');
  file.fill(0xa5, index + 4);
  return file;
}

const u32le = (...values: number[]) => u32(...values).swap32();
const u16le = (...values: number[]) => Buffer.from(new Uint16Array(values).buffer);

function wav(): Buffer {
  const samples = Buffer.alloc(8000);
  const format = Buffer.concat([u16le(1, 1), u32le(8000, 8000), u16le(1, 8)]);
  return riff('RIFF', 'WAVE', chunk('fmt ', format), chunk('data', samples));
}

/** An AVI of one 16 x 16 picture, uncompressed, with a subtitle stream whose text is `content`. */
function aviWithSubtitle(content: string): Buffer {
  const header = u32le(40_000, 0, 0, 0x10, 1, 0, 2, 0, 16, 16, 0, 0, 0, 0);
  const stream = (kind: string, codec: string) =>
    chunk('strh', Buffer.concat([Buffer.from(kind + codec), u32le(0, 0, 0, 1, 25, 0, 1, 0, 0, 0, 0, 0)]));
  const picture = Buffer.concat([u32le(40, 16, 16), u16le(1, 24), u32le(0, 768, 0, 0, 0, 0)]);
  const name = Buffer.from('s\0', 'utf16le');
  const subtitle = [
    Buffer.from('GAB2\0'),
    u16le(2),
    u32le(name.length),
    name,
    u16le(4),
    u32le(content.length),
  ];
  return riff(
    'RIFF',
    'AVI ',
    riff(
      'LIST',
      'hdrl',
      chunk('avih', header),
      riff('LIST', 'strl', stream('vids', 'DIB '), chunk('strf', picture)),
      riff('LIST', 'strl', stream('txts', '\0\0\0\0'), chunk('strf', Buffer.alloc(0))),
    ),
    riff(
      'LIST',
      'movi',
      chunk('00db', Buffer.alloc(768, 99)),
      chunk('01tx', Buffer.concat([...subtitle, Buffer.from(content)])),
    ),
  );
}

function chunk(type: string, content: Buffer): Buffer {
  const padding = Buffer.alloc(content.length % 2);
  return Buffer.concat([Buffer.from(type), u32le(content.length), content, padding]);
}

const riff = (type: string, form: string, ...chunks: Buffer[]) =>
  chunk(type, Buffer.concat([Buffer.from(form), ...chunks]));

const FILE_TYPE = box('ftyp', Buffer.from('isom'), u32(0x200), Buffer.from('isomiso2avc1mp41'));

/** A QuickTime movie without media of its own. */
const referenceMovie = (url: string) => {
  const reference = box('rdrf', u32(0), Buffer.from('url '), u32(url.length + 1), Buffer.from(`${url}\0`));
  return box('moov', box('rmra', box('rmda', reference)));
};

/** A scene that can be painted: what it shows decides its colours and shapes. */
export interface Scene {
  readonly title: string;
  readonly sky: readonly [string, string];
  readonly ground: string;
  /** Where the sun stands, 0 to 1 from the left. */
  readonly sun: number;
  readonly people: number;
}

const width = 1600;
const height = 1067;

/**
 * Paints a picture on the spot, a real JPEG with a date and a camera in its EXIF, so that the demo world needs no
 * files of strangers. `index` keeps two pictures of one scene from being the same bytes.
 */
export async function paint(scene: Scene, takenAt: Date, index = 0): Promise<Buffer> {
  const exif = {
    IFD0: { Make: 'nself', Model: 'Paintbrush', ImageDescription: `${scene.title} ${index}` },
    IFD2: { DateTimeOriginal: takenAt.toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ') },
  };
  // Loaded with the first picture: who only wants to be a person needs no painter.
  const { default: sharp } = await import('sharp');
  return sharp(Buffer.from(drawing(scene, index)))
    .withExif(exif)
    .jpeg({ quality: 82 })
    .toBuffer();
}

function drawing({ sky, ground, sun, people }: Scene, index: number): string {
  const [top, bottom] = sky;
  const figures = Array.from({ length: people }, (_, place) => figure(place, people, index));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs>
      <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/>
      </linearGradient>
      <radialGradient id="sun"><stop offset="0" stop-color="#fff7d6"/><stop offset="1" stop-color="#ffd86b" stop-opacity="0"/></radialGradient>
    </defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${sun * width}" cy="${260 + index * 7}" r="240" fill="url(#sun)"/>
    <path d="M0 720 C 300 ${600 - index * 9}, 700 ${690 + index * 5}, 1000 640 S 1500 690, 1600 650 V1067 H0 Z" fill="${ground}"/>
    <path d="M0 830 C 400 770, 900 860, 1600 790 V1067 H0 Z" fill="${ground}" filter="brightness(0.85)" opacity="0.7"/>
    ${figures.join('')}
  </svg>`;
}

/** A person as a child paints one: a round head on a coat. */
function figure(place: number, people: number, index: number): string {
  const coats = ['#c0392b', '#2c6fbb', '#8e44ad', '#d68910', '#16806a', '#5d6d7e'];
  const x = ((place + 1) / (people + 1)) * width + ((index * 37 + place * 53) % 60);
  const tall = 150 + ((place * 71) % 90);
  const foot = 900 + ((place * 29) % 60);
  return `<g fill="${coats[(place + index) % coats.length]}">
    <path d="M${x - 55} ${foot} Q ${x} ${foot - tall * 1.5}, ${x + 55} ${foot} Z"/>
    <circle cx="${x}" cy="${foot - tall * 0.95}" r="38" fill="#e0ac85"/></g>`;
}

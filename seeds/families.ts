import type { Scene } from './pictures';

/** Somebody of the demo world. The first of a family founds it. */
export interface Member {
  readonly name: string;
  readonly email: string;
  readonly role: 'OWNER' | 'ADMIN' | 'ADULT_MEMBER' | 'YOUTH_MEMBER' | 'CHILD_MEMBER';
}

export interface Post {
  readonly by: string;
  readonly body: string;
  readonly visibility: 'family' | 'adults_only' | 'private' | 'public';
  readonly scene?: string;
  readonly comments?: readonly (readonly [by: string, body: string])[];
  readonly reactions?: readonly (readonly [by: string, emoji: string])[];
}

export interface DemoFamily {
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
  /** Three generations, eldest first. */
  readonly members: readonly Member[];
  /** Who is whose what: the first is the `type` of the second. */
  readonly kin: readonly (readonly [who: string, type: string, of: string])[];
  readonly scenes: Readonly<Record<string, Scene>>;
  readonly posts: readonly Post[];
  readonly albums: readonly {
    readonly title: string;
    readonly by: string;
    readonly scenes: readonly string[];
  }[];
}

const person = (name: string, family: string, role: Member['role']): Member => ({
  name: `${name} ${family}`,
  email: `${name}.${family}@demo.example`.toLowerCase(),
  role,
});

const haddad: DemoFamily = {
  name: 'Haddad',
  timeZone: 'Africa/Cairo',
  locale: 'ar',
  members: [
    person('Layla', 'Haddad', 'OWNER'),
    person('Karim', 'Haddad', 'ADMIN'),
    person('Amina', 'Haddad', 'ADULT_MEMBER'),
    person('Yusuf', 'Haddad', 'YOUTH_MEMBER'),
    person('Noor', 'Haddad', 'CHILD_MEMBER'),
  ],
  kin: [
    ['Layla', 'parent', 'Karim'],
    ['Karim', 'spouse', 'Amina'],
    ['Karim', 'parent', 'Yusuf'],
    ['Amina', 'parent', 'Yusuf'],
    ['Karim', 'parent', 'Noor'],
    ['Amina', 'parent', 'Noor'],
    ['Yusuf', 'sibling', 'Noor'],
  ],
  scenes: {
    nile: { title: 'On the Nile', sky: ['#f6b26b', '#fde3c0'], ground: '#b08d57', sun: 0.72, people: 3 },
    garden: {
      title: 'Grandmother’s garden',
      sky: ['#86c5f4', '#e8f6ff'],
      ground: '#5a8f4d',
      sun: 0.2,
      people: 5,
    },
    feast: { title: 'The feast', sky: ['#3d3b6b', '#b06a8c'], ground: '#6b4f3a', sun: 0.5, people: 4 },
  },
  posts: [
    {
      by: 'Layla',
      body: 'The jasmine is in flower. Come and sit with me on Friday.',
      visibility: 'family',
      scene: 'garden',
      comments: [
        ['Karim', 'We bring the tea.'],
        ['Yusuf', 'And I bring my camera!'],
      ],
      reactions: [
        ['Amina', '❤️'],
        ['Noor', '🌸'],
      ],
    },
    { by: 'Karim', body: 'A felucca at sunset, as when I was a boy.', visibility: 'family', scene: 'nile' },
    { by: 'Amina', body: 'What shall we give Yusuf for his birthday?', visibility: 'adults_only' },
    {
      by: 'Yusuf',
      body: 'عيد سعيد للجميع',
      visibility: 'family',
      scene: 'feast',
      reactions: [['Layla', '🌙']],
    },
  ],
  albums: [
    { title: 'Summer in Cairo', by: 'Amina', scenes: ['nile', 'garden'] },
    { title: 'العيد', by: 'Yusuf', scenes: ['feast'] },
  ],
};

const berger: DemoFamily = {
  name: 'Berger',
  timeZone: 'Europe/Berlin',
  locale: 'de',
  members: [
    person('Hans', 'Berger', 'OWNER'),
    person('Julia', 'Berger', 'ADMIN'),
    person('Tom', 'Berger', 'ADULT_MEMBER'),
    person('Emma', 'Berger', 'YOUTH_MEMBER'),
    person('Ben', 'Berger', 'CHILD_MEMBER'),
  ],
  kin: [
    ['Hans', 'parent', 'Julia'],
    ['Julia', 'spouse', 'Tom'],
    ['Julia', 'parent', 'Emma'],
    ['Tom', 'parent', 'Emma'],
    ['Julia', 'parent', 'Ben'],
    ['Tom', 'parent', 'Ben'],
    ['Emma', 'sibling', 'Ben'],
  ],
  scenes: {
    lake: { title: 'Am See', sky: ['#5aa9e6', '#d8f0ff'], ground: '#3f7d6e', sun: 0.8, people: 2 },
    snow: { title: 'Erster Schnee', sky: ['#9fb4c7', '#eef4f8'], ground: '#dfe8ee', sun: 0.3, people: 4 },
  },
  posts: [
    {
      by: 'Hans',
      body: 'Der See ist endlich warm genug. Wer kommt mit?',
      visibility: 'family',
      scene: 'lake',
      comments: [['Emma', 'Ich! Und Ben auch.']],
      reactions: [['Julia', '🏊']],
    },
    {
      by: 'Emma',
      body: 'Der erste Schnee!',
      visibility: 'family',
      scene: 'snow',
      reactions: [['Ben', '⛄']],
    },
    { by: 'Julia', body: 'Opas siebzigster: wir müssen reden.', visibility: 'adults_only' },
  ],
  albums: [{ title: 'Unser Jahr', by: 'Julia', scenes: ['lake', 'snow'] }],
};

export const demoFamilies: readonly DemoFamily[] = [haddad, berger];

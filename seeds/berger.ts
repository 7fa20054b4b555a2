import { adds, collects, cooks, kin, shows, talk, type Story, type StoryPerson } from './story';

const person = (name: string, role: StoryPerson['role']): StoryPerson => ({
  name: `${name} Berger`,
  email: `${name.toLowerCase()}@berger.example`,
  role,
});

/** Three generations at a lake. Their rows lie in the same tables as those of the Haddads. */
export const berger: Story = {
  name: 'Berger',
  description: 'Drei Generationen am See',
  timeZone: 'Europe/Berlin',
  locale: 'de',
  password: 'das alte Boot im Schilf am See',
  people: [
    person('Hans', 'OWNER'),
    person('Julia', 'ADMIN'),
    person('Tom', 'ADULT_MEMBER'),
    person('Emma', 'YOUTH_MEMBER'),
    person('Ben', 'CHILD_MEMBER'),
  ],
  device: { name: 'Fernseher im Wohnzimmer', type: 'tv' },
  scenes: {
    lake: { title: 'Am See', sky: ['#5aa9e6', '#d8f0ff'], ground: '#3f7d6e', sun: 0.8, people: 2 },
    snow: { title: 'Erster Schnee', sky: ['#9fb4c7', '#eef4f8'], ground: '#dfe8ee', sun: 0.3, people: 4 },
  },
  entries: [
    ...kin('Hans', [
      ['Hans', 'parent', 'Julia'],
      ['Julia', 'spouse', 'Tom'],
      ['Julia', 'parent', 'Emma'],
      ['Tom', 'parent', 'Emma'],
      ['Julia', 'parent', 'Ben'],
      ['Tom', 'parent', 'Ben'],
    ]),
    ...shows('Hans', 'Der See ist endlich warm genug. Wer kommt mit?', 'lake', {
      comments: { Emma: 'Ich! Und Ben auch.' },
      reactions: { Julia: '🏊' },
    }),
    ...shows('Emma', 'Der erste Schnee!', 'snow', { reactions: { Ben: '⛄' } }),
    adds('Julia', 'posts', {
      type: 'text',
      body: 'Opas siebzigster: wir müssen reden.',
      visibility: 'adults_only',
    }),
    ...collects('Julia', 'Unser Jahr', ['lake', 'snow']),
    adds(
      'Julia',
      'events',
      {
        title: 'Opa wird siebzig',
        starts_at: '@day:+20 10:00',
        ends_at: '@day:+20 22:00',
        time_zone: 'Europe/Berlin',
        location: 'Bootshaus',
        visibility: 'adults_only',
      },
      'siebzig',
    ),
    adds('Julia', 'event_invites', { event_id: '@row:siebzig', user_id: '@person:Tom' }),
    ...talk(
      'Geschenk',
      ['Julia', 'Tom', 'Emma'],
      [
        ['Julia', 'Ein neues Ruder?'],
        ['Emma', 'Er will nur, dass wir alle kommen.'],
      ],
    ),
    ...cooks(
      'Tom',
      {
        title: 'Kaiserschmarrn',
        prep_minutes: 15,
        cook_minutes: 15,
        servings: 5,
        difficulty: 'easy',
        cuisine: 'Österreich',
        visibility: 'family',
      },
      [
        [200, 'g', 'Mehl'],
        [400, 'ml', 'Milch'],
        [4, null, 'Eier'],
      ],
      ['Alles verrühren.', 'In Butter backen und zerreißen.'],
    ),
  ],
};

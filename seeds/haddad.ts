import { life } from './haddad-life';
import { adds, collects, cooks, kin, shows, talk, type Story, type StoryPerson } from './story';

const person = (name: string, role: StoryPerson['role']): StoryPerson => ({
  name: `${name} Haddad`,
  email: `${name.toLowerCase()}@haddad.example`,
  role,
});

/** Three generations between Cairo and the sea. */
export const haddad: Story = {
  name: 'Haddad',
  description: 'Three generations between Cairo and the sea',
  timeZone: 'Africa/Cairo',
  locale: 'ar',
  password: 'the lemon tree behind the house',
  people: [
    person('Amal', 'OWNER'),
    person('Karim', 'ADMIN'),
    person('Layla', 'ADULT_MEMBER'),
    person('Omar', 'ADULT_MEMBER'),
    person('Yusuf', 'YOUTH_MEMBER'),
    person('Mariam', 'YOUTH_MEMBER'),
    person('Noor', 'CHILD_MEMBER'),
  ],
  device: { name: 'Television in the living room', type: 'tv' },
  scenes: {
    nile: { title: 'On the Nile', sky: ['#f6b26b', '#fde3c0'], ground: '#b08d57', sun: 0.72, people: 3 },
    garden: { title: 'The lemon tree', sky: ['#86c5f4', '#e8f6ff'], ground: '#5a8f4d', sun: 0.2, people: 5 },
    feast: { title: 'The feast', sky: ['#3d3b6b', '#b06a8c'], ground: '#6b4f3a', sun: 0.5, people: 7 },
  },
  entries: [
    ...kin('Amal', [
      ['Amal', 'parent', 'Karim'],
      ['Amal', 'parent', 'Omar'],
      ['Karim', 'spouse', 'Layla'],
      ['Karim', 'parent', 'Yusuf'],
      ['Layla', 'parent', 'Yusuf'],
      ['Karim', 'parent', 'Mariam'],
      ['Karim', 'parent', 'Noor'],
      ['Layla', 'parent', 'Noor'],
    ]),
    ...shows('Amal', 'The lemon tree is in flower. Come and sit with me on Friday.', 'garden', {
      comments: { Karim: 'We bring the tea.', Yusuf: 'And I bring my camera!' },
      reactions: { Layla: '❤️', Mariam: '🍋' },
    }),
    ...shows('Karim', 'A felucca at sunset, as when I was a boy.', 'nile', { reactions: { Amal: '⛵' } }),
    ...shows('Yusuf', 'عيد سعيد للجميع', 'feast', { reactions: { Amal: '🌙', Noor: '🎉' } }),
    adds('Layla', 'posts', {
      type: 'text',
      body: 'What shall we give Yusuf for his birthday?',
      visibility: 'adults_only',
    }),
    ...collects('Layla', 'Summer in Cairo', ['nile', 'garden']),
    ...collects('Yusuf', 'العيد', ['feast']),
    adds(
      'Amal',
      'events',
      {
        title: 'Friday under the lemon tree',
        starts_at: '@day:+3 13:00',
        ends_at: '@day:+3 17:00',
        time_zone: 'Africa/Cairo',
        location: 'Behind the house',
        rrule: 'FREQ=WEEKLY;BYDAY=FR',
        colour: '#e3c04b',
      },
      'friday',
    ),
    adds('Amal', 'event_invites', { event_id: '@row:friday', user_id: '@person:Karim' }, 'Karim on friday'),
    adds('Amal', 'event_invites', { event_id: '@row:friday', user_id: '@person:Omar' }),
    ...talk(
      'Friday',
      ['Amal', 'Karim', 'Layla', 'Yusuf'],
      [
        ['Amal', 'Who brings the bread?'],
        ['Layla', 'I do. Two loaves?'],
        ['Yusuf', 'Three!'],
      ],
    ),
    ...cooks(
      'Amal',
      {
        title: 'Koshari',
        description: 'As my mother made it',
        prep_minutes: 20,
        cook_minutes: 50,
        servings: 7,
        difficulty: 'medium',
        cuisine: 'Egyptian',
        visibility: 'family',
      },
      [
        [300, 'g', 'brown lentils'],
        [400, 'g', 'rice'],
        [250, 'g', 'macaroni'],
        [3, null, 'onions'],
        [500, 'ml', 'tomato sauce'],
      ],
      [
        'Cook the lentils until they are soft.',
        'Fry the onions slowly until they are brown.',
        'Layer, and pour the sauce.',
      ],
    ),
    adds('Layla', 'meal_plans', { date: '@date:+3', meal: 'lunch', recipe_id: '@row:Koshari', servings: 7 }),
    ...life,
  ],
};

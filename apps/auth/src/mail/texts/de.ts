import type { MailLanguage } from '../mail';

const IGNORE = 'Wenn du das nicht angefordert hast, brauchst du nichts zu tun; es passiert nichts.';
const ALARM = 'Wenn du das nicht warst, setze jetzt dein Passwort zurück und prüfe deine Sitzungen.';

export const de: MailLanguage = {
  direction: 'ltr',
  greeting: 'Hallo,',
  greetingWithName: 'Hallo {displayName},',
  farewell: 'Passt aufeinander auf.',
  linkHint: 'Falls der Knopf nicht geht, öffne diese Adresse:',
  mails: {
    'email-verify': {
      subject: 'Bestätige deine E-Mail-Adresse',
      lead: ['Bitte bestätige, dass dies deine Adresse ist.'],
      button: 'Adresse bestätigen',
      after: [IGNORE],
    },
    'email-confirm-change': {
      subject: 'Bestätige deine neue E-Mail-Adresse',
      lead: ['Dein Konto soll ab jetzt {newEmail} benutzen. Bitte bestätige, dass diese Adresse dir gehört.'],
      button: 'Neue Adresse bestätigen',
      after: [IGNORE],
    },
    'signin-passwordless': {
      subject: 'Dein Link zum Anmelden',
      lead: ['Hier ist dein Link zum Anmelden. Er gilt einmal, {minutes} Minuten lang.'],
      button: 'Anmelden',
      after: [IGNORE],
    },
    'signin-otp': {
      subject: 'Dein Code zum Anmelden: {code}',
      lead: [
        'Mit diesem Code meldest du dich an. Er gilt einmal, {minutes} Minuten lang. Gib ihn niemandem weiter.',
      ],
      after: [IGNORE],
    },
    'password-reset': {
      subject: 'Setze dein Passwort zurück',
      lead: ['Du kannst jetzt ein neues Passwort wählen. Der Link gilt einmal, {minutes} Minuten lang.'],
      button: 'Neues Passwort wählen',
      after: [IGNORE],
    },
    'password-changed': {
      subject: 'Dein Passwort wurde geändert',
      lead: ['Das Passwort deines Kontos wurde gerade geändert.'],
      after: [ALARM],
    },
    'email-changed': {
      subject: 'Die E-Mail-Adresse deines Kontos ändert sich',
      lead: ['Dein Konto soll {newEmail} statt dieser Adresse benutzen.'],
      after: [ALARM],
    },
    'factor-changed': {
      subject: 'Deine Anmeldung wurde geändert',
      lead: ['Ein Weg, dich anzumelden, wurde geändert: {what}.'],
      after: [ALARM],
    },
    'family-invitation': {
      subject: 'Du bist eingeladen: {family}',
      lead: ['{displayName} lädt dich ein, zu {family} zu kommen.'],
      button: 'Einladung ansehen',
      after: ['Wenn du nicht weißt, wer das ist, öffne den Link nicht.'],
    },
    'device-approved': {
      subject: 'Ein Gerät wurde verbunden',
      lead: ['{what} wurde mit {family} verbunden.'],
      after: [ALARM],
    },
    'account-deletion': {
      subject: 'Dein Konto wird gelöscht',
      lead: [
        'Dein Konto und alles, was nur dir gehört, wird gelöscht. Das lässt sich danach nicht rückgängig machen.',
      ],
      after: [ALARM],
    },
  },
};

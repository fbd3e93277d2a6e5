import type { MailLanguage } from '../template.ts'

/** Sentences go on after the comma of the greeting, so the first begins with a small letter. */
export const german: MailLanguage = {
  direction: 'ltr',
  greeting: (name) => (name === null ? 'Hallo,' : `Hallo ${name},`),
  mails: {
    confirm_address: {
      subject: 'Bestätige deine E-Mail-Adresse',
      paragraphs: [
        'danke, dass du zu Accord kommst. Bestätige, dass diese Adresse dir gehört, dann kannst du dich anmelden.',
        'Der Link gilt einen Tag.',
      ],
      button: 'Meine Adresse bestätigen',
    },
    address_known: {
      subject: 'Du hast schon ein Konto',
      paragraphs: [
        'jemand, vermutlich du, wollte mit dieser Adresse ein Konto bei Accord anlegen. Es gibt schon eines, deshalb hat sich nichts geändert.',
        'Wenn du dein Passwort vergessen hast, kannst du von der Anmeldeseite aus ein neues setzen. Wenn du es nicht warst, ist nichts zu tun.',
      ],
      button: 'Zur Anmeldung',
    },
    reset_password: {
      subject: 'Setze ein neues Passwort',
      paragraphs: [
        'du möchtest ein neues Passwort setzen. Der Link gilt eine Stunde und lässt sich einmal verwenden.',
        'Wenn du es nicht warst, lass diese E-Mail einfach liegen: Dein Passwort bleibt, wie es ist.',
      ],
      button: 'Neues Passwort setzen',
    },
    login_code: {
      subject: 'Dein Code zum Anmelden',
      paragraphs: [
        'jemand meldet sich von einem Gerät an, das wir bei deinem Konto noch nicht kennen. Wenn du es bist, gib diesen Code ein:',
      ],
      button: null,
    },
    security_notice: {
      subject: 'An der Sicherheit deines Kontos hat sich etwas geändert',
      paragraphs: [
        'an der Sicherheit deines Kontos hat sich etwas geändert: ein Passwort, die Anmeldung in zwei Schritten oder eine Sitzung, die beendet wurde, weil sie auffällig war.',
        'Wenn du es nicht warst, setze jetzt ein neues Passwort und sieh nach, wo du angemeldet bist.',
      ],
      button: 'Mein Konto ansehen',
    },
    match: {
      subject: 'Du hast ein neues Match',
      paragraphs: ['eine Person, die dir gefällt, mag dich auch. Ihr könnt euch jetzt schreiben.'],
      button: 'Match ansehen',
    },
    message: {
      subject: 'Du hast eine neue Nachricht',
      paragraphs: ['bei Accord wartet eine neue Nachricht auf dich.'],
      button: 'Nachricht lesen',
    },
    subscription: {
      subject: 'Deine Mitgliedschaft hat sich geändert',
      paragraphs: [
        'an deiner Mitgliedschaft hat sich etwas geändert. Wie es jetzt um sie steht und deine Rechnungen findest du in deinem Konto.',
      ],
      button: 'Mitgliedschaft ansehen',
    },
  },
}

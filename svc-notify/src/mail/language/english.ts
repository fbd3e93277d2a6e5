import type { MailLanguage } from '../template.ts'

export const english: MailLanguage = {
  direction: 'ltr',
  greeting: (name) => (name === null ? 'Hello,' : `Hello ${name},`),
  mails: {
    confirm_address: {
      subject: 'Confirm your email address',
      paragraphs: [
        'Thank you for joining Accord. Confirm that this address is yours, and you can sign in.',
        'The link is valid for a day.',
      ],
      button: 'Confirm my address',
    },
    address_known: {
      subject: 'You already have an account',
      paragraphs: [
        'Somebody, most likely you, tried to register at Accord with this address. It already has an account, so nothing was changed.',
        'If you have forgotten your password, you can set a new one from the sign-in page. If it was not you, there is nothing to do.',
      ],
      button: 'Go to the sign-in page',
    },
    reset_password: {
      subject: 'Set a new password',
      paragraphs: [
        'You asked to set a new password. The link is valid for an hour and works once.',
        'If it was not you, ignore this mail: your password stays as it is.',
      ],
      button: 'Set a new password',
    },
    login_code: {
      subject: 'Your sign-in code',
      paragraphs: [
        'Somebody is signing in to your account from a device we do not know. If it is you, enter this code:',
      ],
      button: null,
    },
    security_notice: {
      subject: 'Your account’s security has changed',
      paragraphs: [
        'Something about the security of your account has changed: a password, two-factor sign-in, or a session that was ended because it looked wrong.',
        'If it was not you, set a new password now and look at your sessions.',
      ],
      button: 'Look at my account',
    },
    match: {
      subject: 'You have a new match',
      paragraphs: ['Somebody you liked likes you too. You can write to each other now.'],
      button: 'See your match',
    },
    message: {
      subject: 'You have a new message',
      paragraphs: ['A new message is waiting for you at Accord.'],
      button: 'Read it',
    },
    subscription: {
      subject: 'Your subscription has changed',
      paragraphs: [
        'Something about your subscription has changed. You find its present state and your invoices in your account.',
      ],
      button: 'See my subscription',
    },
  },
}

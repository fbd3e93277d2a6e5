/** Something is not as it must be, and a person can change it. The message is all that is shown. */
export class Refusal extends Error {}

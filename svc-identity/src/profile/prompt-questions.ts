/** The questions a member may answer on the profile. One that was asked stays here, or its answers disappear. */
export const promptQuestions = [
  'The arrangement I have in mind looks like this',
  'What I am generous with',
  'What I ask for, said plainly',
  'A boundary of mine that you should know',
  'A perfect evening starts with',
  'I feel spoiled when',
  'My week usually looks like',
  'The trip I would take tomorrow',
  'I am at my best when',
  'Something I can teach you',
  'The table I would book for us',
  'What discretion means to me',
  'A conversation I never tire of',
  'What I have learned from earlier relationships',
  'You and I will get along if',
] as const

export type PromptQuestion = (typeof promptQuestions)[number]

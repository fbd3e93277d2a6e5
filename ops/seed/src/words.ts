import type { Gender } from '@accord/contracts/event/identity'

/** What demo people are called and say. Nobody is meant. */
export const names: Record<Gender, readonly string[]> = {
  woman: [
    ...['Amelie', 'Anouk', 'Beatrice', 'Camille', 'Carla', 'Clara', 'Daria', 'Elena', 'Eloise', 'Emilia'],
    ...['Esther', 'Fiona', 'Flora', 'Greta', 'Hanna', 'Helena', 'Ines', 'Ingrid', 'Irina', 'Isabel'],
    ...['Jana', 'Johanna', 'Judith', 'Katarina', 'Klara', 'Larissa', 'Lena', 'Leonie', 'Lidia', 'Livia'],
    ...['Louise', 'Magda', 'Maja', 'Mara', 'Marlene', 'Mathilda', 'Mila', 'Nadia', 'Nora', 'Olga'],
    ...['Paula', 'Petra', 'Rebecca', 'Romy', 'Rosa', 'Sara', 'Selma', 'Sofia', 'Stella', 'Svenja'],
    ...['Tamara', 'Tessa', 'Thea', 'Valerie', 'Vera', 'Victoria', 'Yara', 'Yasmin', 'Zoe', 'Zora'],
  ],
  man: [
    ...['Adrian', 'Albert', 'Anton', 'Arthur', 'Aurel', 'Bastian', 'Bernhard', 'Bruno', 'Carlo', 'Cedric'],
    ...['Christoph', 'Damian', 'Daniel', 'David', 'Dominik', 'Edgar', 'Emil', 'Erik', 'Fabian', 'Felix'],
    ...['Filip', 'Frederik', 'Gabriel', 'Georg', 'Gustav', 'Hannes', 'Henrik', 'Hugo', 'Ivan', 'Jakob'],
    ...['Jan', 'Jonas', 'Julian', 'Karim', 'Kaspar', 'Konrad', 'Leon', 'Lorenz', 'Luca', 'Marcel'],
    ...['Marius', 'Mathis', 'Milan', 'Moritz', 'Nico', 'Oskar', 'Pascal', 'Paul', 'Philipp', 'Rafael'],
    ...['Robin', 'Samuel', 'Sebastian', 'Simon', 'Stefan', 'Theo', 'Tobias', 'Valentin', 'Viktor', 'Xaver'],
  ],
  nonbinary: [
    'Alex',
    'Charlie',
    'Dominique',
    'Eli',
    'Jona',
    'Jules',
    'Kim',
    'Kai',
    'Luca',
    'Mika',
    'Noa',
    'Sasha',
  ],
}

export const headlines: readonly string[] = [
  'Good manners, good food, good conversation',
  'Says what is meant',
  'Half the year on the road, the other half at home',
  'Opera on Friday, mountains on Sunday',
  'Curious, kind, a little impatient',
  'Looking for somebody to plan trips with',
  'Works a lot, and knows when to stop',
  'Old books and new restaurants',
  'Generous with time, strict about honesty',
  'Early swimmer, late reader',
  'Here for something that both of us can name',
  'Dinner first, then we shall see',
  'A calm person with loud music',
  'Collects train tickets and stories',
  'Plain words, warm heart',
  'Sailing in summer, theatre in winter',
]

export const sentences: readonly string[] = [
  'I run a small company and have learned to value evenings that nobody has planned.',
  'I am finishing my studies and know well what I want from the next years.',
  'My friends would say that I listen well and argue better.',
  'Weekends belong to the lake, a long breakfast, or a city neither of us knows.',
  'I like to be asked first and surprised later.',
  'I was married once, and left with respect and a very good coffee machine.',
  'I speak more languages than I can be quiet in.',
  'Discretion matters to me, and so does being seen.',
  'I cook three dishes very well and order the rest.',
  'I travel for work, and would rather do it together.',
  'I do not play games, apart from backgammon.',
  'I keep my promises and expect the same.',
  'Art is my work, sport is my excuse, travelling is my weakness.',
  'I believe in clear arrangements and in changing them when life does.',
]

export const wishes: readonly string[] = [
  'Somebody who says what they expect, and asks what I do.',
  'A steady arrangement with trust, time for each other and no drama.',
  'Good company for dinners, concerts and a few journeys a year.',
  'Something lasting, if it turns out that way; something honest in any case.',
  'A person with a life of their own who would like to share part of it.',
  'Two evenings a week, one weekend a month, and a lot of laughing.',
  'A mentor who enjoys it, and whom I can surprise.',
  'Warmth, humour and plain words.',
]

export const answers: readonly string[] = [
  'A table by the window and nowhere to be afterwards.',
  'Time, above all. The rest follows.',
  'Honesty on the first evening instead of the fifth.',
  'The night train to somewhere with a market.',
  'Three days by the sea, no laptop.',
  'To be asked how my week was, and to be listened to.',
  'What is said between us stays there.',
  'The small Italian place that does not take reservations.',
  'How to choose wine without pretending.',
  'Please be on time, or write that you are not.',
  'Architecture, jazz, and why trains are late.',
  'Somebody remembers the thing I said in passing.',
  'Mornings without an alarm.',
  'You laugh about yourself before I do.',
]

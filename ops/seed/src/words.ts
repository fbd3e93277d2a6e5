import type { Gender } from '@accord/contracts/event/identity'
import type { PromptQuestion } from '@accord/svc-identity/profile/prompt-questions'

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

/** Each question has answers of its own, since one that fits another makes no sense. */
export const answers: Record<PromptQuestion, readonly string[]> = {
  'The arrangement I have in mind looks like this': [
    'Two evenings a week that are ours, and the rest of the week without having to explain ourselves.',
    'We say at the start what each of us brings, and look at it again every few months.',
    'Slow at first: three dinners before either of us decides anything.',
    'One weekend a month somewhere else, and a long phone call in between.',
  ],
  'What I am generous with': [
    'Time, above all. The rest follows.',
    'Introductions. I know many people and enjoy bringing them together.',
    'Praise, when I mean it. I never say it otherwise.',
    'Good seats, good wine, and the last piece of cake.',
  ],
  'What I ask for, said plainly': [
    'Honesty on the first evening instead of the fifth.',
    'Please be on time, or write that you are not.',
    'That you tell me when something changes for you, before I have to guess.',
    'An evening without phones on the table.',
  ],
  'A boundary of mine that you should know': [
    'My family hears about us when I am ready, and not before.',
    'I do not argue by message. Call me, or wait until we meet.',
    'Sundays belong to my children. That will not change.',
    'I need a night to myself after a long week, and it is never about you.',
  ],
  'A perfect evening starts with': [
    'A table by the window and nowhere to be afterwards.',
    'Cooking together, badly, with the good music on.',
    'A walk along the river while it is still light.',
    'You choosing the place, and not telling me until we are there.',
  ],
  'I feel spoiled when': [
    'Somebody remembers the thing I said in passing.',
    'I am asked how my week was, and then listened to.',
    'Somebody else has booked, planned and thought of the umbrella.',
    'Breakfast takes until noon.',
  ],
  'My week usually looks like': [
    'Full until Thursday, and then I switch the phone off.',
    'Lectures in the morning, the library until six, friends in the evening.',
    'Three cities, two night trains, one evening at home.',
    'Early swimming, long meetings, and a book before midnight.',
  ],
  'The trip I would take tomorrow': [
    'The night train to somewhere with a market.',
    'Three days by the sea, no laptop.',
    'Lisbon, for the light, and for lunch that lasts until four.',
    'A hut in the mountains with a stove and no reception.',
  ],
  'I am at my best when': [
    'I have slept well and the day has no plan.',
    'Somebody needs calm advice and I can give it.',
    'The conversation turns serious and nobody changes the subject.',
    'I am outdoors before eight.',
  ],
  'Something I can teach you': [
    'How to choose wine without pretending.',
    'To negotiate, kindly, and get what you came for.',
    'Enough Italian to order, to flirt and to apologise.',
    'How to look at a painting for longer than a minute.',
  ],
  'The table I would book for us': [
    'The small Italian place that does not take reservations. I know the owner.',
    'Two seats at the counter, where you can watch them cook.',
    'The garden table under the chestnut tree, in May.',
    'A corner, candlelight, and somewhere we can hear each other.',
  ],
  'What discretion means to me': [
    'What is said between us stays there.',
    'No photos online, and no names at the office.',
    'Not hiding, only not telling everybody.',
    'That I never have to ask who else has read it.',
  ],
  'A conversation I never tire of': [
    'Architecture, jazz, and why trains are late.',
    'What people would do if they were not afraid.',
    'Where everybody at the table grew up, and what they ate there.',
    'Whether it is ever too late to begin something new.',
  ],
  'What I have learned from earlier relationships': [
    'To say it while it is still small.',
    'That kindness lasts longer than excitement, and that one may want both.',
    'Nobody can read minds, and I no longer ask anybody to.',
    'To leave with respect, and to stay for good reasons.',
  ],
  'You and I will get along if': [
    'You laugh about yourself before I do.',
    'You can be quiet in a car and loud in a kitchen.',
    'You know what you want, and are curious about what you do not know.',
    'You read the menu to the end before you order.',
  ],
}

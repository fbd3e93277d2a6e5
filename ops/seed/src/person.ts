import type { MemberRole } from '@accord/contracts/actor'
import type { Gender } from '@accord/contracts/event/identity'
import { promptQuestions } from '@accord/svc-identity/profile/prompt-questions'
import type { ProfileChange } from '@accord/svc-identity/profile/schema'
import type { Preferences } from '@accord/svc-match/preference/schema'
import { cityOf, demoCity, languagesOf } from './city.ts'
import { picturesOfOne } from './portrait.ts'
import { pick, pickSome, randomOf } from './random.ts'
import { answers, headlines, names, sentences, wishes } from './words.ts'

export interface Person {
  email: string
  role: MemberRole
  /** `YYYY-MM-DD`. */
  birthDate: string
  displayName: string
  profile: ProfileChange
  preferences: Preferences
  /** Which portraits of the pool, by position. */
  portraits: number[]
}

/** So many can be signed in with and meet each other at once: they live in one city and seek each other. */
export const demoSignIns = 4

/** The demo member with this number, from 1: the same person on every machine, however many there are. */
export function personOf(index: number, portraitCount: number): Person {
  const random = randomOf(`demo member ${index}`)
  const gender = genderOf(index, random)
  const role: MemberRole = index % 2 === 1 ? 'companion' : 'benefactor'
  const place = index <= demoSignIns ? demoCity() : cityOf(index, random)
  return {
    email: `demo${index}@accord.example`,
    role,
    birthDate: birthDateOf(role, random),
    displayName: pick(random, names[gender]),
    profile: {
      gender,
      placeId: place.id,
      headline: pick(random, headlines),
      about: pickSome(random, sentences, 2 + Math.floor(random() * 2)).join(' '),
      lookingFor: pick(random, wishes),
      languages: languagesOf(place, random),
      prompts: pickSome(random, promptQuestions, 2).map((question) => ({
        question,
        answer: pick(random, answers[question]),
      })),
    },
    preferences: index <= demoSignIns ? everybodyNear() : preferencesOf(gender, role, random),
    portraits: portraitsOf(portraitCount, random),
  }
}

/** One or all pictures of one invented person. */
function portraitsOf(portraitCount: number, random: () => number): number[] {
  const first = Math.floor((random() * portraitCount) / picturesOfOne) * picturesOfOne
  const count = random() < 0.5 ? 1 : picturesOfOne
  return Array.from({ length: count }, (_, offset) => first + offset)
}

function genderOf(index: number, random: () => number): Gender {
  if (index <= demoSignIns) return index % 2 === 1 ? 'woman' : 'man'
  const at = random()
  return at < 0.48 ? 'woman' : at < 0.96 ? 'man' : 'nonbinary'
}

/** Born between 1964 and 2004: adults, whenever this is run. */
function birthDateOf(role: MemberRole, random: () => number): string {
  const [first, years] = role === 'benefactor' ? [1964, 32] : [1974, 31]
  const month = 1 + Math.floor(random() * 12)
  const day = 1 + Math.floor(random() * 28)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${first + Math.floor(random() * years)}-${two(month)}-${two(day)}`
}

function preferencesOf(gender: Gender, role: MemberRole, random: () => number): Preferences {
  return {
    genders: gendersSought(gender, random),
    roles:
      random() < 0.85 ? [role === 'companion' ? 'benefactor' : 'companion'] : ['benefactor', 'companion'],
    ageMin: 18 + Math.floor(random() * 12),
    ageMax: 45 + Math.floor(random() * 45),
    distanceKm: pick(random, [null, null, 50, 100, 300, 2000]),
  }
}

function gendersSought(gender: Gender, random: () => number): Gender[] {
  const at = random()
  if (gender === 'nonbinary' || at < 0.15) return ['woman', 'man', 'nonbinary']
  const other = gender === 'woman' ? 'man' : 'woman'
  return at < 0.25 ? [gender] : [other]
}

function everybodyNear(): Preferences {
  return {
    genders: ['woman', 'man', 'nonbinary'],
    roles: ['benefactor', 'companion'],
    ageMin: 18,
    ageMax: 99,
    distanceKm: null,
  }
}

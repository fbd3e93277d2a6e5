import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { isProblem } from '../api/problem.ts'
import { CodeStage } from './code-stage.tsx'
import { PasswordStage } from './password-stage.tsx'
import { answerChallenge, type SecondFactor, signIn } from './requests.ts'

/** Who has just signed in. */
export type SignedIn = { id: string; displayName: string }

interface Challenge {
  challengeId: string
  methods: SecondFactor[]
}

interface SignInFormProps {
  onSignedIn(member: SignedIn): void
  /** To begin with. */
  email?: string
  /** Below the first step: other ways to go, which would only disturb in the second. */
  below?: ReactNode
}

/**
 * Address and password, and the second factor where one is asked for. Stands outside the router too, when a session
 * ran out: nothing in it may be a link.
 */
export function SignInForm({ onSignedIn, email = '', below }: SignInFormProps) {
  const [given, setGiven] = useState({ email, password: '' })
  const [challenge, setChallenge] = useState<Challenge | null>(null)
  const login = useMutation({
    mutationFn: signIn,
    onSuccess: (answer) => {
      if ('member' in answer) onSignedIn(answer.member)
      else setChallenge(answer)
    },
  })
  const second = useMutation({
    mutationFn: answerChallenge,
    onSuccess: ({ member }) => onSignedIn(member),
    onError: (error) => {
      if (isProblem(error) && error.code === 'challenge_invalid') setChallenge(null)
    },
  })
  if (challenge === null) {
    return (
      <>
        <PasswordStage
          given={given}
          busy={login.isPending}
          error={login.error ?? second.error}
          onSubmit={(values) => {
            setGiven(values)
            second.reset()
            login.mutate(values)
          }}
        />
        {below}
      </>
    )
  }
  return (
    <CodeStage
      key={challenge.methods[0]}
      email={given.email}
      methods={challenge.methods}
      busy={second.isPending}
      error={second.error}
      onSubmit={(answer, refuse) =>
        second.mutate(
          { challengeId: challenge.challengeId, ...answer },
          { onError: (error) => isProblem(error) && error.code === 'code_invalid' && refuse() },
        )
      }
      // A code belongs to one attempt to sign in: a new code is a new attempt.
      sendAgain={async () => {
        const answer = await signIn(given)
        if ('member' in answer) onSignedIn(answer.member)
        else setChallenge(answer)
      }}
      onBack={() => {
        login.reset()
        second.reset()
        setChallenge(null)
      }}
    />
  )
}

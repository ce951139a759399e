@export()
@description('A city of the hub.')
type City = {
  @description('As in its addresses: lower-case letters, digits and single hyphens.')
  id: string

  @description('Its sources. Each gets a setting that refers to its secret in the vault.')
  sources: string[]

  @description('Sources whose secret is being changed: each gets a second setting, for the next secret.')
  changing: string[]?

  @description('The mailbox that the city writes from, as in its city.json.')
  sender: string

  @description('Further mailboxes that share the work: `sender.more` of its city.json.')
  moreSenders: string[]?
}

@export()
@description('How far the hub grows. https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan')
type Scale = {
  @description('Instances that always run: { "http": 1 } for all HTTP functions, { "function:OnMail": 1 } for one queue. Idle ones cost.')
  alwaysReady: { *: int }

  @description('Memory of one instance.')
  instanceMemoryMB: 512 | 2048 | 4096

  @description('Most instances of each function group: the HTTP functions together, each queue function alone.')
  @minValue(40)
  @maxValue(1000)
  maximumInstanceCount: int

  @description('Requests that one instance works on at a time.')
  @minValue(1)
  @maxValue(1000)
  httpConcurrency: int

  @description('Messages that one instance of a queue function fetches at a time (at most 32). Half as many again may be in hand.')
  @minValue(1)
  @maxValue(32)
  queueBatchSize: int
}

@export()
@description('What is watched, and who is told.')
type Watch = {
  @description('Who is told when an alert fires, and when the budget runs out.')
  emails: string[]

  @description('Most gigabytes of logs in a day; what comes after is lost until the next day, and an alert says so.')
  dailyCapGb: string

  @description('Days for which logs are kept. 30 are in the price.')
  @minValue(30)
  @maxValue(730)
  retentionDays: int

  @description('Minutes that mail may wait before somebody is told.')
  @minValue(15)
  mailBacklogMinutes: int

  @description('From where /health/ready is asked. https://learn.microsoft.com/azure/azure-monitor/app/availability')
  readinessLocations: string[]

  @description('Seconds between two of these questions.')
  readinessSeconds: 300 | 600 | 900

  @description('A month\'s budget in the currency of the subscription.')
  monthlyBudget: int

  @description('First day of the month of the first deployment, such as 2026-11-01. Never change it: Azure refuses a budget another start.')
  @minLength(10)
  @maxLength(10)
  budgetStart: string
}

@export()
@description('What a pilot does without.')
type Options = {
  @description('Keys in a hardware security module, which makes the vault a premium one. An existing key keeps its kind.')
  hsm: bool

  @description('Storage and vault answer on a private network only. Uploading must then happen from inside it.')
  privateNetwork: bool

  @description('Azure Front Door before the hub, with limits by network address. The hub then answers nobody else.')
  frontDoor: bool

  @description('Verification in an app of its own, which scales by itself and may write nothing. Takes effect with frontDoor only.')
  verifyApart: bool

  @description('Application (client) id with which staff sign in, or empty. See modules/signin.bicep for what it does not do yet.')
  signInClientId: string
}

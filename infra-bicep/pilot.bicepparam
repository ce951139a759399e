using './main.bicep'

// One city, a few hundred badges a month. Near nothing at rest: docs/costs.md.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'pilot')
param location = readEnvironmentVariable('AZURE_LOCATION', 'uksouth')
param publicUrl = readEnvironmentVariable('HUB_PUBLIC_URL_WANTED', '')
param operatorId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param operatorType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')

param cities = [
  { id: 'plymouth', sources: ['moodle', 'code-club', 'hub'], sender: 'badges@plymouth.example' }
]

param scale = {
  alwaysReady: {}
  instanceMemoryMB: 512
  maximumInstanceCount: 40
  httpConcurrency: 16
  queueBatchSize: 8
}

param watch = {
  emails: split(readEnvironmentVariable('HUB_OPERATOR_EMAILS', 'operators@plymouth.example'), ' ')
  dailyCapGb: '0.15'
  retentionDays: 30
  mailBacklogMinutes: 60
  readinessLocations: ['emea-gb-db3-azr']
  readinessSeconds: 900
  monthlyBudget: 25
  // Set it once, before the first deployment, to the first day of that month. Azure refuses to change it later.
  budgetStart: '2026-11-01'
}

param options = {
  hsm: false
  privateNetwork: false
  frontDoor: false
  verifyApart: false
  signInClientId: ''
}

param storageSku = 'Standard_ZRS'

using './main.bicep'

// 100 cities, 10 million badges, 50,000 completions in an hour when a term ends: docs/costs.md.

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'nation')
param location = readEnvironmentVariable('AZURE_LOCATION', 'uksouth')
param publicUrl = readEnvironmentVariable('HUB_PUBLIC_URL_WANTED', 'https://badges.example.org')
param operatorId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param operatorType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'Group')

// Put the cities' own ids here.
param cities = map(range(1, 100), n => {
  id: 'city${padLeft(n, 3, '0')}'
  sources: ['moodle', 'hub']
  sender: 'badges@city${padLeft(n, 3, '0')}.example'
})

param scale = {
  alwaysReady: { http: 2, 'function:OnDelivery': 1, 'function:OnAward': 1 }
  instanceMemoryMB: 2048
  maximumInstanceCount: 200
  httpConcurrency: 32
  queueBatchSize: 16
}

param watch = {
  emails: split(readEnvironmentVariable('HUB_OPERATOR_EMAILS', 'operators@badges.example.org'), ' ')
  dailyCapGb: '5'
  retentionDays: 90
  mailBacklogMinutes: 240
  readinessLocations: ['emea-gb-db3-azr', 'emea-nl-ams-azr', 'emea-fr-pra-edge', 'emea-se-sto-edge', 'us-va-ash-azr']
  readinessSeconds: 300
  monthlyBudget: 2000
  // Set it once, before the first deployment, to the first day of that month. Azure refuses to change it later.
  budgetStart: '2026-11-01'
}

param options = {
  hsm: true
  privateNetwork: true
  frontDoor: true
  verifyApart: true
  signInClientId: ''
}

param storageSku = 'Standard_GZRS'

// The hub's Function app, and every setting of docs/settings.md; tests/Infra.Tests compares them with the code.
import { City, Scale } from '../types.bicep'
import { ofVerification } from 'functions.bicep'

param name string
param location string
param identityId string
param identityClientId string
param publicUrl string
param storageName string
param deploymentContainer string
param vaultUri string
param insightsConnectionString string
param cities City[]
param scale Scale

@description('The subnet that the app calls out from, or empty.')
param subnetId string

@description('Whether one Front Door alone may call.')
param behindFrontDoor bool
param frontDoorId string

@description('Application id with which staff sign in, or empty.')
param signInClientId string

@description('Whether another app verifies: modules/verify.bicep.')
param verifyApart bool

// Two hyphens keep city and source apart in a secret's name.
var sources = flatten(map(
  cities,
  city => map(city.sources, source => { city: city.id, source: source, secret: 'source--${city.id}--${source}' })
))
var changing = flatten(map(
  cities,
  city =>
    map(
      city.?changing ?? [],
      source => { city: city.id, source: source, secret: 'source--${city.id}--${source}--next' }
    )
))

// The name of an app setting takes no hyphen; the hub finds code_club for code-club (functions/Hub/Webhooks/SourceSecrets.cs).
var sourceSettings = toObject(
  sources,
  s => 'Sources__${replace('${s.city}__${s.source}', '-', '_')}__Secret',
  s => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${s.secret})'
)
var changingSettings = toObject(
  changing,
  s => 'Sources__${replace('${s.city}__${s.source}', '-', '_')}__NextSecret',
  s => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${s.secret})'
)

var hubSettings = {
  Hub__PublicUrl: publicUrl
  Hub__KeyVaultUrl: vaultUri
  Hub__GraphUrl: 'https://graph.microsoft.com/v1.0'
  Hub__MailPerMinute: '29'
  Hub__MailPerDay: '10000'
  Hub__DataKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/hub-data-key)'
  Hub__HashKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/hub-hash-key)'
  AzureFunctionsJobHost__extensions__queues__batchSize: string(scale.queueBatchSize)
}

var signInSettings = empty(signInClientId) ? {} : { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId }
var elsewhereSettings = toObject(verifyApart ? ofVerification : [], f => 'AzureWebJobs.${f}.Disabled', f => 'true')

module app 'functionapp.bicep' = {
  name: 'app-hub'
  params: {
    name: name
    location: location
    tags: { 'azd-service-name': 'hub' }
    identityId: identityId
    identityClientId: identityClientId
    storageName: storageName
    deploymentContainer: deploymentContainer
    insightsConnectionString: insightsConnectionString
    alwaysReady: scale.alwaysReady
    instanceMemoryMB: scale.instanceMemoryMB
    maximumInstanceCount: scale.maximumInstanceCount
    httpConcurrency: scale.httpConcurrency
    subnetId: subnetId
    behindFrontDoor: behindFrontDoor
    frontDoorId: frontDoorId
    ownSettings: union(hubSettings, signInSettings, sourceSettings, changingSettings, elsewhereSettings)
  }
}

output name string = app.outputs.name
output secretNames string[] = map(concat(sources, changing), s => s.secret)

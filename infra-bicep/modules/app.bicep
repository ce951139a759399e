// The Function app on Flex Consumption, and every setting of docs/settings.md; tests/Infra.Tests compares them with the code.
import { City, Scale } from '../types.bicep'

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
}

var platformSettings = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  AzureFunctionsJobHost__extensions__queues__batchSize: string(scale.queueBatchSize)
  // The hub signs in as this identity, and tries nothing else.
  AZURE_CLIENT_ID: identityClientId
  AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

var signInSettings = empty(signInClientId) ? {} : { OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId }

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  tags: { 'azd-service-name': 'hub' }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        alwaysReady: map(items(scale.alwaysReady), group => { name: group.key, instanceCount: group.value })
        instanceMemoryMB: scale.instanceMemoryMB
        maximumInstanceCount: scale.maximumInstanceCount
        triggers: { http: { perInstanceConcurrency: scale.httpConcurrency } }
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: 'https://${storageName}.blob.${environment().suffixes.storage}/${deploymentContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: behindFrontDoor ? 'Deny' : 'Allow'
      ipSecurityRestrictions: behindFrontDoor
        ? [
            {
              name: 'front-door'
              priority: 100
              action: 'Allow'
              tag: 'ServiceTag'
              ipAddress: 'AzureFrontDoor.Backend'
              headers: { 'x-azure-fdid': [frontDoorId] }
            }
          ]
        : []
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: union(hubSettings, platformSettings, signInSettings, sourceSettings, changingSettings)
  }

  // Packages come with a token, never with a password.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }
}

output name string = app.name
output secretNames string[] = map(concat(sources, changing), s => s.secret)

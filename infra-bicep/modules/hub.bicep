// Everything of one hub in one resource group.
import { City, Options, Scale, Watch } from '../types.bicep'

@description('Name of this environment, such as pilot. Part of every resource\'s name.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Where everything is.')
param location string = resourceGroup().location

@description('Where the world sees the hub, without a final slash. Empty: the Function app\'s own address.')
param publicUrl string = ''

@description('The cities on this hub.')
param cities City[]

@description('How far the hub grows.')
param scale Scale

@description('What is watched, and who is told.')
param watch Watch

@description('What a pilot does without.')
param options Options

@description('How often storage keeps each byte, and where.')
param storageSku 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GZRS'

@description('Who uploads cities and sets secrets. Empty: nobody.')
param operatorId string = ''

@description('What the operator is.')
param operatorType 'User' | 'Group' | 'ServicePrincipal' = 'User'

// Names of storage accounts, vaults and apps are unique in the world.
var unique = take(uniqueString(subscription().id, resourceGroup().id, environmentName), 8)
var appName = 'func-badges-${environmentName}-${unique}'
var verifyAppName = 'func-verify-${environmentName}-${unique}'
// Only Front Door can send some of one address's paths to another app.
var verifyApart = options.verifyApart && options.frontDoor
var address = empty(publicUrl) ? 'https://${appName}.azurewebsites.net' : publicUrl

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-badges-${environmentName}'
  location: location
}

resource verifyIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = if (verifyApart) {
  name: 'id-verify-${environmentName}'
  location: location
}

module network 'network.bicep' = if (options.privateNetwork) {
  name: 'network'
  params: { environmentName: environmentName, location: location }
}

module monitoring 'monitoring.bicep' = {
  name: 'monitoring'
  params: {
    environmentName: environmentName
    location: location
    dailyCapGb: watch.dailyCapGb
    retentionDays: watch.retentionDays
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  params: {
    name: 'stbadges${unique}'
    location: location
    sku: storageSku
    isPrivate: options.privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module hostStorage 'hoststorage.bicep' = if (verifyApart) {
  name: 'hoststorage'
  params: { name: 'stverify${unique}', location: location, isPrivate: options.privateNetwork }
}

module vault 'vault.bicep' = {
  name: 'vault'
  params: {
    name: 'kv-badges-${unique}'
    location: location
    cities: map(cities, city => city.id)
    hsm: options.hsm
    isPrivate: options.privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module endpoints 'endpoints.bicep' = if (options.privateNetwork) {
  name: 'endpoints'
  params: {
    environmentName: environmentName
    location: location
    subnetId: network!.outputs.endpointsSubnetId
    networkId: network!.outputs.networkId
    storageId: storage.outputs.id
    verifyApart: verifyApart
    hostStorageId: verifyApart ? hostStorage!.outputs.id : ''
    vaultId: vault.outputs.id
  }
}

module roles 'roles.bicep' = {
  name: 'roles'
  params: {
    identityObjectId: identity.properties.principalId
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    keyNames: vault.outputs.keyNames
    insightsName: monitoring.outputs.insightsName
    verifyApart: verifyApart
    verifierObjectId: verifyApart ? verifyIdentity!.properties.principalId : ''
    hostStorageName: verifyApart ? hostStorage!.outputs.name : ''
    operatorId: operatorId
    operatorType: operatorType
  }
}

module app 'app.bicep' = {
  name: 'app'
  params: {
    name: appName
    location: location
    identityId: identity.id
    identityClientId: identity.properties.clientId
    publicUrl: address
    storageName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    vaultUri: vault.outputs.uri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    cities: cities
    scale: scale
    subnetId: options.privateNetwork ? network!.outputs.appSubnetId : ''
    behindFrontDoor: options.frontDoor
    frontDoorId: options.frontDoor ? frontDoor!.outputs.id : ''
    signInClientId: options.signInClientId
    verifyApart: verifyApart
  }
  // It reads its own package and its secrets with the identity, so the identity must be able to.
  dependsOn: [roles, endpoints]
}

module verify 'verify.bicep' = if (verifyApart) {
  name: 'verify'
  params: {
    name: verifyAppName
    location: location
    identityId: verifyIdentity!.id
    identityClientId: verifyIdentity!.properties.clientId
    publicUrl: address
    storageName: storage.outputs.name
    hostStorageName: hostStorage!.outputs.name
    deploymentContainer: hostStorage!.outputs.deploymentContainer
    vaultUri: vault.outputs.uri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    instanceMemoryMB: scale.instanceMemoryMB
    subnetId: options.privateNetwork ? network!.outputs.verifySubnetId : ''
    frontDoorId: frontDoor!.outputs.id
  }
  dependsOn: [roles, endpoints]
}

module frontDoor 'frontdoor.bicep' = if (options.frontDoor) {
  name: 'frontdoor'
  params: {
    environmentName: environmentName
    originHost: '${appName}.azurewebsites.net'
    verifyHost: verifyApart ? '${verifyAppName}.azurewebsites.net' : ''
    // Front Door's own name needs no proof and no certificate.
    customDomain: empty(publicUrl) || endsWith(publicUrl, '.azurefd.net') ? '' : split(publicUrl, '/')[2]
  }
}

module signIn 'signin.bicep' = if (!empty(options.signInClientId)) {
  name: 'signin'
  params: { appName: app.outputs.name, clientId: options.signInClientId }
}

module alerts 'alerts.bicep' = {
  name: 'alerts'
  params: {
    environmentName: environmentName
    location: location
    publicUrl: address
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    queues: storage.outputs.queues
    verifyApart: verifyApart
    watch: watch
  }
}

// As main.bicep has them, for the steps after.
output AZURE_RESOURCE_GROUP string = resourceGroup().name
output HUB_APP_NAME string = app.outputs.name
output HUB_VERIFY_APP_NAME string = verifyApart ? verifyAppName : ''
output HUB_PUBLIC_URL string = address
output HUB_STORAGE_ACCOUNT string = storage.outputs.name
output HUB_VAULT_NAME string = vault.outputs.name
output HUB_IDENTITY_CLIENT_ID string = identity.properties.clientId
output HUB_IDENTITY_OBJECT_ID string = identity.properties.principalId
output HUB_SENDERS string = join(union(flatten(map(cities, city => [city.sender, ...(city.?moreSenders ?? [])])), []), ' ')
output HUB_SOURCE_SECRETS string = join(app.outputs.secretNames, ' ')

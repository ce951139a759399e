// A Function app on Flex Consumption: what modules/app.bicep and modules/verify.bicep have in common.
param name string
param location string
param tags object
param identityId string
param identityClientId string

@description('The account that the Functions host has for itself, and in which the package is.')
param storageName string
param deploymentContainer string
param insightsConnectionString string

@description('Instances that always run: name of the group, how many.')
param alwaysReady { *: int }
param instanceMemoryMB int
param maximumInstanceCount int
param httpConcurrency int

@description('The subnet that the app calls out from, or empty.')
param subnetId string

@description('Whether one Front Door alone may call.')
param behindFrontDoor bool
param frontDoorId string

@description('The settings beside those that every Function app has.')
param ownSettings { *: string }

var platformSettings = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  AzureWebJobsDisableHomepage: 'true'
  // The hub signs in as this identity, and tries nothing else.
  AZURE_CLIENT_ID: identityClientId
  AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

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
  tags: tags
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
        alwaysReady: map(items(alwaysReady), group => { name: group.key, instanceCount: group.value })
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        triggers: { http: { perInstanceConcurrency: httpConcurrency } }
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
    properties: union(platformSettings, ownSettings)
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

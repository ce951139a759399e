// What the Functions host of verification has for itself, and the app's package. Nothing of the hub is in it.
param name string
param location string
param isPrivate bool

var deploymentContainer = 'deployments'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: { defaultAction: isPrivate ? 'Deny' : 'Allow', bypass: 'None' }
  }

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deployments 'containers' = {
      name: deploymentContainer
      properties: { publicAccess: 'None' }
    }
  }
}

output id string = account.id
output name string = account.name
output deploymentContainer string = deploymentContainer

// Every right that this deployment gives, and nothing else. None is wider than a resource; none may give rights on.
param identityObjectId string
param storageName string
param vaultName string
param keyNames string[]
param insightsName string

@description('Whether verification is an app of its own, with an identity of its own.')
param verifyApart bool
param verifierObjectId string
param hostStorageName string

@description('Who uploads cities and sets secrets. Empty: nobody.')
param operatorId string
param operatorType string

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
var queueContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var tableReader = '76199698-9eea-4c19-bc75-cec21354c6b6'
var vaultReader = '21090545-7ca7-4776-b22c-e363652d74d2'
var cryptoUser = '12338af0-0e69-4776-bea7-57ae8d297424'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource cities 'containers' existing = { name: 'cities' }
    resource public 'containers' existing = { name: 'public' }
  }

  resource tables 'tableServices' existing = {
    name: 'default'

    resource awards 'tables' existing = { name: 'Awards' }
  }
}

resource hostStorage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = if (verifyApart) {
  name: empty(hostStorageName) ? 'none' : hostStorageName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource key 'Microsoft.KeyVault/vaults/keys@2023-07-01' existing = [
  for name in keyNames: { parent: vault, name: name }
]

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

// The hub: its state, and the Functions host's own blobs and queues in the same account.
resource hubStorage 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [blobContributor, queueContributor, tableContributor]: {
    scope: storage
    name: guid(storage.id, identityObjectId, role)
    properties: {
      principalId: identityObjectId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

// The hub signs with the cities' keys, one by one.
resource hubKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in keyNames: {
    scope: key[i]
    name: guid(vault.id, name, identityObjectId, cryptoUser)
    properties: {
      principalId: identityObjectId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', cryptoUser)
    }
  }
]

// The platform reads the secrets for the hub. On the vault, because they do not exist yet when this is deployed; it holds no others.
resource hubSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, identityObjectId, secretsUser)
  properties: {
    principalId: identityObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource hubTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identityObjectId, metricsPublisher)
  properties: {
    principalId: identityObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

// The app that verifies reads what the cities are and publish, and the badges that learners share. Its Functions host writes into an
// account in which nothing else is.
resource verifierHost 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (verifyApart) {
  scope: hostStorage
  name: guid(hostStorage.id, verifierObjectId, blobContributor)
  properties: {
    principalId: verifierObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}

resource verifierCities 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (verifyApart) {
  scope: storage::blobs::cities
  name: guid(storage::blobs::cities.id, verifierObjectId, blobReader)
  properties: {
    principalId: verifierObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobReader)
  }
}

resource verifierPublic 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (verifyApart) {
  scope: storage::blobs::public
  name: guid(storage::blobs::public.id, verifierObjectId, blobReader)
  properties: {
    principalId: verifierObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobReader)
  }
}

resource verifierAwards 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (verifyApart) {
  scope: storage::tables::awards
  name: guid(storage::tables::awards.id, verifierObjectId, tableReader)
  properties: {
    principalId: verifierObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', tableReader)
  }
}

// Of a key, the reader sees the public half and cannot sign.
resource verifierKeys 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in keyNames: if (verifyApart) {
    scope: key[i]
    name: guid(vault.id, name, verifierObjectId, vaultReader)
    properties: {
      principalId: verifierObjectId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', vaultReader)
    }
  }
]

resource verifierTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (verifyApart) {
  scope: insights
  name: guid(insights.id, verifierObjectId, metricsPublisher)
  properties: {
    principalId: verifierObjectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

// The operator: uploads cities (definitions, and the badges they publish) and sets secrets.
resource operatorCities 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorId)) {
  scope: storage::blobs::cities
  name: guid(storage::blobs::cities.id, operatorId, blobContributor)
  properties: {
    principalId: operatorId
    principalType: operatorType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}

resource operatorPublic 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorId)) {
  scope: storage::blobs::public
  name: guid(storage::blobs::public.id, operatorId, blobContributor)
  properties: {
    principalId: operatorId
    principalType: operatorType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}

resource operatorSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(operatorId)) {
  scope: vault
  name: guid(vault.id, operatorId, secretsOfficer)
  properties: {
    principalId: operatorId
    principalType: operatorType
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

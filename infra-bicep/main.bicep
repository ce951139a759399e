// The whole hub, from an empty subscription: makes the resource group and fills it with modules/hub.bicep.
//
//   azd up                                                                        (main.bicepparam)
//   az deployment sub create --location uksouth --parameters pilot.bicepparam
//
// A Bicep file has one scope. Who may not make a resource group deploys the same module into one that is there:
//
//   az deployment group create --resource-group … --parameters group.bicepparam
targetScope = 'subscription'

import { City, Options, Scale, Watch } from 'types.bicep'

@description('Name of this environment, such as pilot. Part of every resource\'s name.')
@minLength(2)
@maxLength(12)
param environmentName string

@description('Where everything is. Flex Consumption must be offered there.')
param location string

@description('The resource group to make.')
param resourceGroupName string = 'rg-badges-${environmentName}'

@description('Where the world sees the hub, without a final slash. Empty: the Function app\'s own address. In every badge, so for ever.')
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

@description('Who uploads cities and sets secrets: the object id of a person, a group or a pipeline. Empty: nobody.')
param operatorId string = ''

@description('What the operator is.')
param operatorType 'User' | 'Group' | 'ServicePrincipal' = 'User'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: resourceGroupName
  location: location
  tags: { 'azd-env-name': environmentName }
}

module hub 'modules/hub.bicep' = {
  scope: group
  name: 'hub'
  params: {
    environmentName: environmentName
    location: location
    publicUrl: publicUrl
    cities: cities
    scale: scale
    watch: watch
    options: options
    storageSku: storageSku
    operatorId: operatorId
    operatorType: operatorType
  }
}

// What the post-provision step and the pipeline read; azd keeps them as environment variables.
output AZURE_RESOURCE_GROUP string = group.name
output HUB_APP_NAME string = hub.outputs.HUB_APP_NAME
output HUB_VERIFY_APP_NAME string = hub.outputs.HUB_VERIFY_APP_NAME
output HUB_PUBLIC_URL string = hub.outputs.HUB_PUBLIC_URL
output HUB_STORAGE_ACCOUNT string = hub.outputs.HUB_STORAGE_ACCOUNT
output HUB_VAULT_NAME string = hub.outputs.HUB_VAULT_NAME
output HUB_IDENTITY_CLIENT_ID string = hub.outputs.HUB_IDENTITY_CLIENT_ID
output HUB_IDENTITY_OBJECT_ID string = hub.outputs.HUB_IDENTITY_OBJECT_ID
output HUB_SENDERS string = hub.outputs.HUB_SENDERS
output HUB_SOURCE_SECRETS string = hub.outputs.HUB_SOURCE_SECRETS

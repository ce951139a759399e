// Verification as a Function app of its own, of the same package: Flex Consumption scales all HTTP functions of one app together, and
// who hands in badges must keep no webhook waiting (docs/adr/0007-verification-apart.md). It takes what anybody sends and calls whom
// that names, so it has no key and no secret, and may write nothing but what its own Functions host needs: modules/roles.bicep.
import { ofTheHub } from 'functions.bicep'

param name string
param location string
param identityId string
param identityClientId string
param publicUrl string

@description('The account with the hub\'s state.')
param storageName string

@description('The account that the Functions host has for itself.')
param hostStorageName string
param deploymentContainer string
param vaultUri string
param insightsConnectionString string
param instanceMemoryMB int
param subnetId string
param frontDoorId string

module app 'functionapp.bicep' = {
  name: 'app-verify'
  params: {
    name: name
    location: location
    tags: {}
    identityId: identityId
    identityClientId: identityClientId
    storageName: hostStorageName
    deploymentContainer: deploymentContainer
    insightsConnectionString: insightsConnectionString
    alwaysReady: { http: 1 }
    instanceMemoryMB: instanceMemoryMB
    // The fewest that may be the most: nobody makes this dear.
    maximumInstanceCount: 40
    // Half of what the desk takes (functions/Hub/Verification/VerificationDesk.cs): the next instance comes before anybody is sent away.
    httpConcurrency: 16
    subnetId: subnetId
    behindFrontDoor: true
    frontDoorId: frontDoorId
    ownSettings: union(
      {
        Hub__VerifiesOnly: 'true'
        Hub__PublicUrl: publicUrl
        Hub__KeyVaultUrl: vaultUri
        Hub__StorageAccount: storageName
      },
      toObject(ofTheHub, f => 'AzureWebJobs.${f}.Disabled', f => 'true')
    )
  }
}

output name string = app.outputs.name

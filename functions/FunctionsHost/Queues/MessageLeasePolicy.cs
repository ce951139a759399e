namespace CitiesOfLearning.FunctionsHost.Queues;

internal sealed class MessageLeasePolicy;

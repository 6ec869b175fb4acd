using System.Collections.Immutable;

namespace MedTune.Tests;

/// <summary>The kinds of model that a plan can name, each as a run that takes a moment.</summary>
internal static class ModelKinds
{
    public static IReadOnlyList<string> All { get; } = ["logistic", "perceptron", "boosting", "forest", Stack];

    /// <summary>Those that are made of trees, alone or beside others.</summary>
    public static IReadOnlyList<string> OfTrees { get; } = ["boosting", "forest", Stack];

    /// <summary>Several kinds at once, which are then put together.</summary>
    public const string Stack = "stack";

    /// <summary>What a plan names for a kind.</summary>
    public static ImmutableArray<string> ModelsOf(string kind) => kind == Stack ? ["logistic", "boosting", "forest", "perceptron"] : [kind];

    public static Task<Run> RunAsync(string kind, int classes = 2, int patients = 150, ExperimentOptions? options = null)
    {
        var cohort = Cohort.Dataset(patients, seed: 41, classes: classes);
        return Experiment.RunAsync(Cohort.Quick(cohort) with { Models = ModelsOf(kind) }, cohort, options ?? new ExperimentOptions());
    }
}

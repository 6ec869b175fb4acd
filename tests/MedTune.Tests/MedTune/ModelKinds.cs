namespace MedTune.Tests;

/// <summary>The kinds of model that a plan can name, each as a run that takes a moment.</summary>
internal static class ModelKinds
{
    public static IReadOnlyList<string> All { get; } = ["logistic", "perceptron", "boosting", "forest"];

    /// <summary>Those that are made of trees, alone or beside others.</summary>
    public static IReadOnlyList<string> OfTrees { get; } = ["boosting", "forest"];

    public static Task<Run> RunAsync(string kind, int classes = 2, int patients = 150, ExperimentOptions? options = null)
    {
        var cohort = Cohort.Dataset(patients, seed: 41, classes: classes);
        return Experiment.RunAsync(Cohort.Quick(cohort) with { Models = [kind] }, cohort, options ?? new ExperimentOptions());
    }
}

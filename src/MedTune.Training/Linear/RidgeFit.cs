namespace MedTune.Training;

/// <summary>A linear model with a ridge penalty.</summary>
/// <param name="Penalty">The penalty, as a share of the mean squared length of a sample.</param>
/// <param name="Intercepts">One for each margin: a single one for two classes, else one per class.</param>
/// <param name="Weights">For each margin the weights of the standardized features.</param>
internal sealed record RidgeFit(double Penalty, double[] Intercepts, double[][] Weights);

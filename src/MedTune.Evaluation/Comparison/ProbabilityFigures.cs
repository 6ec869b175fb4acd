namespace MedTune.Evaluation;

/// <summary>How right the probabilities of a two-class model are as a whole.</summary>
/// <param name="LogLoss">Mean of -log of the probability given to what happened.</param>
/// <param name="Brier">Mean squared distance between probability and outcome.</param>
/// <param name="MeanRisk">Mean predicted probability of the positive class, 0 to 1.</param>
/// <param name="ObservedToExpected">Positive rows for each one predicted; 1 is ideal.</param>
public sealed record ProbabilityFigures(double LogLoss, double Brier, double MeanRisk, double ObservedToExpected);

namespace MedTune.Modalities.Treatment;

/// <summary>How one learner did on patients it had not seen.</summary>
/// <param name="Name">The learner.</param>
/// <param name="Loss">Its doubly robust loss: the overlap-weighted mean square between scores and effects. It holds noise that is the same for all learners.</param>
/// <param name="Gain">By how much that is below the loss of the same effect for everybody.</param>
/// <param name="GainError">The standard error of the gain.</param>
/// <param name="Slope">Of the scores on the effects: 1 where differences between patients are as large as predicted, 0 where there are none.</param>
/// <param name="SlopeError">The standard error of the slope.</param>
internal sealed record LearnerResult(string Name, double Loss, double Gain, double GainError, double Slope, double SlopeError);

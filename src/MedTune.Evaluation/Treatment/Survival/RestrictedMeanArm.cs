namespace MedTune.Evaluation;

/// <summary>One arm's follow-up.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Events">Events before the horizon.</param>
/// <param name="Lost">Rows whose follow-up ends before the horizon without an event.</param>
/// <param name="AtHorizon">Rows followed to the horizon.</param>
/// <param name="RestrictedMean">The area under the Kaplan-Meier curve up to the horizon, in units of time.</param>
/// <param name="FollowedShare">The chance of still being followed just before the horizon, were there no events.</param>
/// <param name="LargestWeight">The most rows one row stands for.</param>
public sealed record RestrictedMeanArm(int Rows, int Events, int Lost, int AtHorizon, double RestrictedMean, double FollowedShare, double LargestWeight);

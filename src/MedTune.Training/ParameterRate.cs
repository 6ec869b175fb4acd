namespace MedTune.Training;

/// <summary>How some weights move compared to the others.</summary>
/// <param name="Pattern">Their names, with * and ?; where several fit, the last one counts.</param>
/// <param name="Rate">Factor of the learning rate, at least 0: below 1 for layers near the input (discriminative rates: Howard and Ruder, ACL 2018); 0 keeps them where they are.</param>
/// <param name="Decay">Factor of the weight decay, from 0 to 1: 0 for biases and normalizations.</param>
public sealed record ParameterRate(string Pattern, float Rate = 1, float Decay = 1);

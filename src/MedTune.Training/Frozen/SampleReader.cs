namespace MedTune.Training;

/// <summary>Writes every input of a sample.</summary>
/// <param name="sample">The sample's number.</param>
/// <param name="inputs">Where its inputs are written.</param>
public delegate void SampleReader(int sample, SampleInputs inputs);

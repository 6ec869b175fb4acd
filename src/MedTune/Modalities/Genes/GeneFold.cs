namespace MedTune.Modalities.Genes;

/// <summary>What was answered for the samples of an outer fold by a model that had not seen them.</summary>
/// <param name="Fold">Its number.</param>
/// <param name="Rows">The samples.</param>
/// <param name="Model">The model.</param>
/// <param name="Margins">Of each member, calibrated [rows, margins].</param>
/// <param name="Joined">Of the model [rows, margins].</param>
internal sealed record GeneFold(int Fold, int[] Rows, GeneChoice Model, float[][] Margins, float[] Joined);

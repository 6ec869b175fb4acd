namespace MedTune.Graphs.Operators;

/// <summary>Maps a span of floats element by element; the destination is as long as x and may be x itself.</summary>
internal delegate void FloatMap(ReadOnlySpan<float> x, Span<float> destination);
